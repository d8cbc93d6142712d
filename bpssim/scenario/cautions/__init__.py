"""What is allowed in a scenario and yet hardly meant."""
