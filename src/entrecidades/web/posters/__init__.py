"""Posters that are printed and hung up: one sheet of A4 with a code that leads to the page."""
