"""What a run means: metrics, cascade, reach, continuation and resources of finished replicates."""
