"""Many runs: calibrations and other planned sets of runs."""
