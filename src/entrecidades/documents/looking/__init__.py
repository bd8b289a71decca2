"""Looking into files that strangers made: what they are, and what speaks against them.

It runs in a process of its own (`documents.nursery`) that may take only so much memory and time,
so that a file which breaks what reads it breaks nothing else. Nothing in here knows Django, the
database or the network; `python -m entrecidades.documents.looking` is its only door.
"""
