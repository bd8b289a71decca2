"""The signatures of PDF files, looked at: whose, when, intact, trusted; and which text they sign.

Nothing is called in order on a doubt: what cannot be said is said not to be established.
"""
