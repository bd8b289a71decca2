"""Projects and actions: what partners do together, with what, and what came of it.

A *project* has *roles* (first and second provider, receiver, funder, coordinator), places, themes,
*milestones*, a budget, and *results* with *indicators* measured from a baseline to a target. An
*action* is a project of one step. What overlaps with a draft is shown while it is written.
"""
