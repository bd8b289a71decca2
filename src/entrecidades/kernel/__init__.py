"""What every room needs and no room owns: refusals, the clock, ids, texts in several languages.

If a thing has a noun of the domain, it does not belong here.
"""
