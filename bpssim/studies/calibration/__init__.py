"""Baselines fitted to observed feeding, with usual care and no peer support."""
