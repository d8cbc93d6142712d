"""Figures, readable in black and white, by colour-blind people, and by people who listen to them."""
