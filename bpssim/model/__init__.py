"""What happens: mothers, supporters and health teams, one day at a time."""
