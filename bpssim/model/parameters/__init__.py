"""What rules read and never change: records made from the sections of a scenario."""
