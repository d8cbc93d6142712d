"""What a planner writes: typed inputs with units, defaults and evidence, and clear messages."""
