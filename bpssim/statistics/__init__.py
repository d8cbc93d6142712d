"""Statistics of arrays, usable without a model."""
