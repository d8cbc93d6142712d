"""Calibrations without a likelihood: in the terminal, in figures and on a page."""
