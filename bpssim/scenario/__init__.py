"""Inputs of the model as a planner writes them: typed, with units, defaults and evidence, and clear error messages."""
