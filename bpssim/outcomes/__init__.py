"""Outcomes of finished replicates: metrics, cascade, survival curves and resources."""
