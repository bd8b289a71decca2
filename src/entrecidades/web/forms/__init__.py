"""What people send us, read field by field; the words they typed are never lost."""
