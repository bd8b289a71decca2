"""The members of an association: how complete and how lively each is, and letters to all of them.

What an association learns of its members is what it may see of them, counted; nothing is stored
for it. A *circular* is one letter to many of them: written once, in one or several languages,
and sent as one *copy* to each person who speaks for one of them.
"""
