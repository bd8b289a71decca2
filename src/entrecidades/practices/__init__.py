"""What a body does well, what it needs, and in which form it would share: the board."""
