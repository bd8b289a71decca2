"""The hand-over of a body's desk: what a successor finds, and how the desk changes hands.

A *section* tells one kind of thing that a body has at hand on a day; the *dossier* is all of
them, typeset; the *pack* is the dossier, the same facts as files, and the body's history. A
*hand-over* moves everything that waits for somebody to her successor in one step, so that
nothing points to a person who no longer acts for the body. It stands above all rooms whose
things it tells of, and below the pages.
"""
