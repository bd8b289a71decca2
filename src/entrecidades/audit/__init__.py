"""Who did what to which thing, when: one trace an act, written in the act's own transaction."""
