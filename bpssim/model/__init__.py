"""The agent-based model: mothers, supporters and health teams, one day at a time."""
