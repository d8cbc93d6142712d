"""Studies: the plan, results in the terminal, figures and the page."""
