"""Inputs that nothing reads in their place: one file for what is in use, and one for the rules of each part."""
