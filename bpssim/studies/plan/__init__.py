"""Studies as planned in a file: scenarios, factors, and the points of a design."""
