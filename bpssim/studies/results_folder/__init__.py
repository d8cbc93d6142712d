"""Results folders: how they are written, where they appear, and how they are read back."""
