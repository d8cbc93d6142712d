"""One mother's story: the events of each day, what the service knew, and who tried to reach her."""
