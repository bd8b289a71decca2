"""Who asks too often is asked to wait: 429 with the time, and what was typed is kept."""
