"""Calibration of baselines: feeding with usual care and no peer support, fitted to observed rates."""
