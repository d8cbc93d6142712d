"""What the rules run on: compilation, the cache of compiled code, and random numbers."""
