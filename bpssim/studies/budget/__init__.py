"""What a sum of money buys: single levers of the same cost, compared and ranked with how sure the order is."""
