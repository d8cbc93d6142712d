"""Controls of the page, made from the typed inputs of a scenario and from the ready scenarios."""
