"""Readers: files and packages of others, turned into frozen rows; nothing here writes."""
