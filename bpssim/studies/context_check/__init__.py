"""The check of contexts: what a pathway assumes of mothers, and how many do not meet it."""
