"""Texts in several languages, clause by clause: compared, hashed, and as Word files out and in."""
