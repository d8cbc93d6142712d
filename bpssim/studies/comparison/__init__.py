"""Scenarios side by side: what a change does, to whom, at what cost, and how sure that is."""
