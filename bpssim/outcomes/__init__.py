"""What a run means: statistics of arrays, usable without a model."""
