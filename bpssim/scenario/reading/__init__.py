"""Reading and writing scenario files, with clear messages."""
