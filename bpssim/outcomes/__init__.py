"""Outcomes of finished replicates: metrics, cascade, reach, continuation and resources."""
