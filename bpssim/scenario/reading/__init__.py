"""Reading and writing: from the text of a file to typed inputs, and clear messages on the way."""
