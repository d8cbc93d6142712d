"""The report of a comparison: one file for each of its sections."""
