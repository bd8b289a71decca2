"""Entries of the register that are one body: found, merged, and taken apart again.

Stands above every room whose rows point to a body: a merge moves them all, and
finds them in Django's registry, so that it imports none of them.
"""
