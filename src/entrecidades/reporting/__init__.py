"""What a programme tells of a year: gathered from what was recorded once, then put into words.

A *report* takes its numbers, pictures and pairs from the rooms below and keeps only what nobody
else says: its foreword, and the word of each pair.
"""
