"""Agreements: the acts by which bodies of several countries bind themselves to cooperate.

An *agreement* has any number of *parties*, each with its *signatories*; a life that is a table
of steps; a *text* in two languages, kept clause by clause in *versions*; *approvals* that the law
of each party's country asks for; signed files whose signatures were looked at. An *umbrella*
binds associations and lets their members adhere; member agreements and projects stand under it.
"""
