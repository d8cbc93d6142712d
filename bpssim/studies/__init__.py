"""Many runs: replicates, comparisons, draws of the inputs, calibrations, stories, and where results are kept."""
