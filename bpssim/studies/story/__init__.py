"""One mother's story: what happened day by day, what the service knew, and who tried to reach her."""
