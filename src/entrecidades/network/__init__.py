"""Places and entities: the world's cities, the bodies that cooperate, and the ties between them.

A *place* is a spot on the map where people live; an *entity* is a body (a
municipality, an association, an institute) and may have its seat in a place.
The register of entities does not depend on the gazetteer of places.
"""
