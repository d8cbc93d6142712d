"""Results folders: writing them, putting them in place, and reading them back."""
