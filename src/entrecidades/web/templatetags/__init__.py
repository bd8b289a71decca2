"""What templates may draw, and small questions they may ask."""
