"""Who could cooperate with whom, and why.

Feeds ``engines.affinity`` from the rooms below, keeps the memory-mapped
snapshot that every worker shares, and says each reason in the reader's
language. Everything is read, nothing below depends on it.
"""
