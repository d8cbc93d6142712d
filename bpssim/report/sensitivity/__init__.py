"""Sensitivity analyses: sentences, the terminal, figures and the page."""
