"""Flows of knowledge, money, goods and people, each counted once.

The room has its floor and its name; its first flow is recorded by a later issue.
"""
