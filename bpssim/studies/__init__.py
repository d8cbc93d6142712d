"""Many runs: replicates, calibrations, and where their results are kept."""
