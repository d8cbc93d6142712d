"""The commands, one file each; each imports what it needs only when it runs."""
