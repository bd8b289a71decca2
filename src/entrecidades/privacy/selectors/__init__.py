"""Questions about what is somebody's own."""
