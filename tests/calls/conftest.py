"""An open call, who runs it, and an application of Maputo with Curitiba."""

import pytest

from tests.conftest import entrusted
from tests.factories.calls import ApplicationFactory, CallFactory


@pytest.fixture
def call():
    """A call that takes applications."""
    return CallFactory(open=True)


@pytest.fixture
def runner(call):
    """One who runs it."""
    return entrusted(call.entity, role="coordinator")


@pytest.fixture
def readers(call):
    """Four who may be asked to read."""
    return [entrusted(call.entity, role="evaluator", email=f"r{n}@x.example") for n in range(4)]


@pytest.fixture
def bodies(maputo, curitiba):
    """Those who apply together, the lead first."""
    return [maputo, curitiba]


@pytest.fixture
def application(call, bodies):
    """What they have begun to write."""
    return ApplicationFactory(call=call, lead=bodies[0], partners=bodies[1:])


def sheet(score="5"):
    """What a reader has written, the same for every criterion."""
    return {key: {"score": score, "reason": "Because."} for key in ("need", "means")}
