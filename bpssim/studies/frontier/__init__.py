"""Best use of a sum of money: search over mixes of what a service may do, at one cost."""
