"""A scenario with more or fewer paid hours, given as one number: a multiple of them, or a sum of money."""
