"""The model against published results: trials and surveys, each a file of `experiments/published`."""
