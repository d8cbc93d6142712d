"""Patterns: what the case study leads us to expect of the model, and whether runs show it."""
