"""What the page needs to run the model: the tables of a scenario."""
