"""The small world with a few known ties, a need, an offer, and a snapshot of it all."""

import pytest

from entrecidades.kernel import clock
from entrecidades.matching import snapshot
from entrecidades.matching.services import rebuild_snapshot


@pytest.fixture
def keeper(monkeypatch):
    """A keeper of its own, as each process has one."""
    own = snapshot.Keeper()
    monkeypatch.setattr("entrecidades.matching.selectors.KEEPER", own)
    return own


@pytest.fixture
def prepared(world, keeper):
    """The small world, ready to be asked."""
    rebuild_snapshot(on=clock.today())
    return world
