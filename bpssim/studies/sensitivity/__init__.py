"""Sensitivity analysis: which of the factors of a study decide an outcome, or a difference between scenarios."""
