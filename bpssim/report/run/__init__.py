"""The report of a run: one file for each of its sections."""
