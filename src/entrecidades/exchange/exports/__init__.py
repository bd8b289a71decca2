"""Lists as files: the same rows as on the screen, whole, as CSV, XLSX, JSON and GeoJSON.

A `Sheet` holds the rows, the names of their columns and the `Facts` about them
(licence, query, time, count); each format is a writer that turns a sheet into
bytes, piece by piece, so that memory stays flat however long the list is.
"""
