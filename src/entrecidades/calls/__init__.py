"""Calls of a programme: from the window that opens to pairs that work together.

A *call* says who may apply, by when, and by which *criteria* it is judged; an *application* is
written by partners together; *readings* judge it without seeing each other; a *decision* gives its
reasons. A *round* of pairing joins many cities with many, provably as well as can be.
"""
