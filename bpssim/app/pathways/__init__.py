"""Building a pathway: its form, and what it will do."""
