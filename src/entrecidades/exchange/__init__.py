"""Files in and out: the gazetteer, official lists, partnerships, reference data, exports.

Nothing else in the house parses or writes a file.
"""
