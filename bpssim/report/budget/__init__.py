"""Pages and sentences of a budget."""
