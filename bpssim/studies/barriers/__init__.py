"""Barriers: what keeps mothers from support, by paired runs in which influences are taken away."""
