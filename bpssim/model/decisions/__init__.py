"""Decisions between days, by the service, its partners and its commissioner."""
