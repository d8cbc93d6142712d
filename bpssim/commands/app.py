"""`bpssim app`."""
