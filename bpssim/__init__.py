"""Agent-based simulation of breastfeeding peer support."""
