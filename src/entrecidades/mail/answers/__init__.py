"""Answers by mail: where a letter is answered, what an answer says, and what becomes of it."""
