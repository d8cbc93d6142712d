"""What happens on a day: one file for each submodel, in the order that `day` gives."""
