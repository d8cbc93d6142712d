"""Answers that the web page asks the server for, as plain values or bytes."""
