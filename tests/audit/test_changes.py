"""What changed, field by field: only what differs, and never a secret."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.audit.changes import (
    SecretIsNotTold,
    changes_of,
    changes_since,
    made_with,
    snapshot,
)
from entrecidades.audit.rules import canonical, plain
from tests.factories.practices import PostingFactory
from tests.factories.themes import ThemeFactory

snapshots = st.dictionaries(st.sampled_from("abcde"), st.integers(-2, 2) | st.none())


@given(snapshots, snapshots)
def test_the_changes_lead_from_before_to_after(before, after):
    changes = changes_of(before, after)
    led = before | {name: change[1] for name, change in changes.items()}
    assert {name: led.get(name) or None for name in after} == {
        name: value or None for name, value in after.items()
    }
    assert all((was or None) != (now or None) for was, now in changes.values())


def test_a_snapshot_tells_rows_by_their_keys_and_days_as_text(db):
    theme = ThemeFactory()
    posting = PostingFactory(themes=[theme], expires_on=dt.date(2013, 5, 2))
    told = snapshot(posting, "entity", "themes", "expires_on", "title")
    assert told == {
        "entity": posting.entity_id,
        "themes": [theme.pk],
        "expires_on": "2013-05-02",
        "title": posting.title,
    }


def test_what_changed_since_is_told_and_nothing_else(db):
    posting = PostingFactory()
    before = snapshot(posting, "state", "title", "expires_on")
    posting.state = "matched"
    assert changes_since(before, posting) == {"state": ("published", "matched")}


def test_a_new_row_tells_what_it_begins_with(db):
    posting = PostingFactory()
    assert made_with(posting, "side", "expires_on") == {"side": (None, "offer")}


def test_a_secret_is_never_told(officer):
    with pytest.raises(SecretIsNotTold, match="password"):
        snapshot(officer, "email", "password")


@given(st.dictionaries(st.text(), st.text() | st.integers()))
def test_one_value_has_one_text(value):
    backwards = dict(reversed(value.items()))
    assert canonical(value) == canonical(backwards) == canonical(plain(value))
