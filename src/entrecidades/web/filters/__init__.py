"""What each list can be asked, read from its address."""
