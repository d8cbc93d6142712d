"""The engine of the rules: compilation, the cache of compiled code, random numbers, elementary functions."""
