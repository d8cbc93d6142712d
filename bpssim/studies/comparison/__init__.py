"""Comparisons of scenarios: what a change does, to whom, at what cost, and with what uncertainty."""
