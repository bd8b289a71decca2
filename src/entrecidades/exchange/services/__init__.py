"""What may be brought in, and how it is taken back."""
