"""An offer or a need is drafted whole, or refused with a sentence."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from entrecidades.audit.models import Trace
from entrecidades.network.choices import Visibility
from entrecidades.practices.choices import PostingState, Side
from entrecidades.practices.models import Posting
from entrecidades.practices.rules import NothingSaid, UnknownForm
from entrecidades.practices.services import post
from tests.factories.themes import ThemeFactory

DAY = dt.date(2009, 11, 19)


@pytest.fixture
def draft(maputo, officer):
    return {
        "entity": maputo,
        "side": Side.NEED,
        "themes": [ThemeFactory(slug="solid-waste")],
        "title": {"pt": "Recolha de resíduos"},
        "text": {"pt": "Em bairros sem acesso a camiões."},
        "forms": iter(["remote_advice", "study_visit"]),
        "languages": ["pt"],
        "opens_on": DAY,
        "expires_on": None,
        "visibility": Visibility.PUBLIC,
        "by": officer,
        "on": DAY,
    }


def test_it_is_a_draft_under_its_themes(draft, maputo):
    posting = post(**draft)
    assert (posting.state, posting.side, posting.entity) == (PostingState.DRAFT, "need", maputo)
    assert [theme.slug for theme in posting.themes.all()] == ["solid-waste"]
    assert posting.form_labels == ["remote advice", "study visit"]
    assert str(posting) == "Recolha de resíduos"


def test_it_leaves_one_trace(draft, officer):
    posting = post(**draft)
    trace = Trace.objects.get()
    assert (trace.act, trace.by_id) == ("practices:posting:post", officer.pk)
    assert trace.subject == f"practices.Posting:{posting.pk}"
    assert trace.facts == {"side": "need", "title": {"pt": "Recolha de resíduos"}}


@pytest.mark.parametrize(
    ("wrong", "refusal", "sentence"),
    [
        ({"title": {"pt": " "}}, NothingSaid, "Give it a title"),
        ({"title": {}}, NothingSaid, "Give it a title"),
        ({"forms": ["carrier pigeon"]}, UnknownForm, "“carrier pigeon” is no form of sharing"),
        ({"expires_on": DAY - dt.timedelta(days=1)}, ValidationError, "before it opens"),
        ({"text": {"pt": 7}}, ValidationError, "language codes and words"),
        ({"side": "barter"}, ValidationError, "barter"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(draft, wrong, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        post(**draft | wrong)
    assert not Posting.objects.exists()
    assert not Trace.objects.exists()
