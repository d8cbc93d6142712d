"""Inputs drawn from their ranges: what a result owes to what is not known well."""
