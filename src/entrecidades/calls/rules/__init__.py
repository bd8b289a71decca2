"""The decisions of calls, as tables and pure functions."""
