"""Everything that may happen to an agreement, one function per act."""

from entrecidades.agreements.services.opening import open_addendum, open_agreement

__all__ = ["open_addendum", "open_agreement"]
