"""What a page says, where a template would have to think."""
