"""Pure computation: arrays and frozen dataclasses in, arrays and frozen dataclasses out.

No Django, no database, no clock, no language: an engine returns codes and
numbers, and a room above says them in words.
"""
