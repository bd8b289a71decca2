"""Questions about a desk: what is on it, and what of it waits for somebody."""
