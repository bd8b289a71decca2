"""Work promised for later, kept in the same database as the act that made it necessary."""
