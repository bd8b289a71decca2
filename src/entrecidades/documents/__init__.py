"""Files that bodies hand in: looked into, kept once, and given back harmlessly.

A *document* is one file of one body: what its content says it is (never what its name says),
how long it is and its hash, where it hangs is the business of the rooms above. Nothing that a
browser would run is ever served from here, and who sees a file is decided where everything is.
"""
