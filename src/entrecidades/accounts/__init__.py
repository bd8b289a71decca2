"""The people who log in.

Data belongs to entities, never to people: this room knows who somebody is,
the rooms above know for whom she may act.
"""
