"""Real places: small areas, births and a planner's tables."""
