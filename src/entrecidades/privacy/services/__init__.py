"""What changes: requests and their clocks, erasures, incidents, and what time takes away."""
