"""Searches for the best mixes: in the terminal, in figures and on a page."""
