"""One mother's story as words, as a table in the terminal, as a figure, and as a page."""
