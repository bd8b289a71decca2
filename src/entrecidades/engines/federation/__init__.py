"""Federations of trust (OpenID Federation 1.0): who speaks for whom, proved up to an anchor.

A provider publishes a statement about itself; a superior states which keys are the
provider's; an anchor, whose keys the operator has from elsewhere, states which keys are the
superior's. What is proved along such a chain is believed until the first statement expires.
"""
