"""Patterns: what the case study leads one to expect of the model, and whether runs show it."""
