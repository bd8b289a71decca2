"""Questions about history; nothing here writes."""
