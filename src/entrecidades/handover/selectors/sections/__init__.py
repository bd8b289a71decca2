"""The sections of a dossier, a module for each of its chapters."""
