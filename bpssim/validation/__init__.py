"""The model against what is known: the patterns of the case study."""
