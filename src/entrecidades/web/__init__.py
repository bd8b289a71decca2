"""The pages: HTML that is complete without script, and htmx where it saves a reload."""
