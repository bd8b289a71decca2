"""An agreement between Maputo and Curitiba, and its text."""

import pytest

from tests.factories.agreements import AgreementFactory, TextFactory


@pytest.fixture
def agreement(maputo, curitiba):
    """A memorandum that is negotiated, in two Portugueses."""
    return AgreementFactory(drafter=maputo, partners=[curitiba], state="negotiating")


@pytest.fixture
def text(agreement):
    """Its text of four clauses."""
    return TextFactory(agreement=agreement)


@pytest.fixture
def ours(agreement, maputo):
    """Maputo as a party."""
    return agreement.parties.get(entity=maputo)


@pytest.fixture
def theirs(agreement, curitiba):
    """Curitiba as a party."""
    return agreement.parties.get(entity=curitiba)
