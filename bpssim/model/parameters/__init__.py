"""The parameters of a run: records generated from the sections of a scenario, and numbers derived from them."""
