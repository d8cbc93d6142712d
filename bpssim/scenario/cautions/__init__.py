"""Warnings about valid settings that are probably unintended."""
