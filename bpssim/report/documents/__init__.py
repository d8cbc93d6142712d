"""The documents: which there are, how they are shown in a terminal, and as pages that link to each other."""
