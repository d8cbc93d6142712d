"""Sweeps: every point of a study run with the same seeds, kept as it comes, and resumed."""
