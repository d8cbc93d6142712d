"""Probabilistic sensitivity analysis: inputs drawn from their ranges, and what a result owes to them."""
