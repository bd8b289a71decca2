"""The pages: permission first, then one question or one act, then render."""
