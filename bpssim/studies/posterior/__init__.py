"""Calibration without a likelihood: uncertain parameters that agree with targets, as a set of accepted points."""
