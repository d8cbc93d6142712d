"""Real places and real mothers: small areas, births, and the tables that a planner gives."""
