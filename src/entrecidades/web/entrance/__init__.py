"""How people come in: django-allauth, fitted to the house.

The library does the protocols (passwords, codes by letter, passkeys, one-time
passwords, OpenID Connect); this package says who may come in, in which words,
and what an identity from elsewhere is believed.
"""
