"""What the house holds about a person: shown to her, handed to her, erased, and in time."""
