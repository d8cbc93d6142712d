"""Feeding moved to the rate that was measured where the mothers of a scenario live."""
