"""Cooperation between countries: relations, programmes with their axes, introductions."""
