"""Inputs that nothing in the model reads: what a scenario uses, and rules for each part."""
