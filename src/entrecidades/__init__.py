"""Entrecidades: the open platform on which local governments of different countries cooperate."""
