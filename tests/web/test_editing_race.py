"""Twenty editors, one posting, many edits each, through HTTP: nobody's words vanish unseen."""

import os
from threading import Barrier

import pytest
from django.test import Client

from entrecidades.audit.models import Trace
from entrecidades.kernel.editing import Merged, filled
from entrecidades.practices.models import Posting
from entrecidades.web.forms.records import PostingEditForm
from entrecidades.web.shown import seal, shown_now
from tests.conftest import entrusted
from tests.factories.practices import PostingFactory
from tests.factories.themes import ThemeFactory
from tests.factories.world import build_world
from tests.race import at_once
from tests.web.editors import address

EDITORS = 20
#: Fifty prove it (EDITS=50, some forty seconds of one core); in the suite twenty do.
EDITS = int(os.environ.get("EDITS", "20"))
UNITS = [f"{stem}.{code}" for stem in ("title", "text") for code in ("pt", "fr", "en", "it", "es")]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def maputo():
    return build_world().body("Maputo")


@pytest.fixture
def posting(maputo):
    return PostingFactory(entity=maputo, themes=[ThemeFactory()])


class Editor:
    """Somebody who opens the form, writes into one unit, saves, and notes what came of it."""

    def __init__(self, number, entity):
        self.number, self.person = number, entrusted(entity, name=f"Editor {number}")
        self.client = Client()
        self.client.force_login(self.person)
        self.begun, self.saved, self.compared = {}, [], []

    def edit(self, posting, turn, together):
        """One edit; ``begun`` keeps what each of her words stood in the place of."""
        row = Posting.objects.get(pk=posting.pk)
        form = PostingEditForm(record=row, editor=self.person)
        shown, data = shown_now(row), form.data_of(row.units())
        together.wait()
        unit, words = UNITS[(self.number**2 + turn) % len(UNITS)], f"{self.number}/{turn}"
        self.begun[words] = shown.seen.units.get(unit)
        data[unit], data["shown"] = words, seal(row, shown)
        response = self.client.post(address(posting), data)
        if response.status_code == 409:
            assert words in response.content.decode()
            self.compared.append(words)
        else:
            assert response.status_code == 302
            self.saved.append(words)


def everybody_edits(posting, edits):
    """All editors at once, each turn begun by all before anybody saves."""
    editors = [Editor(number, posting.entity) for number in range(EDITORS)]
    together = Barrier(EDITORS)

    def edit(number):
        for turn in range(edits):
            editors[number].edit(posting, turn, together)

    assert at_once(edit, times=EDITORS) == [None] * EDITORS
    return editors


def lost(editors):
    """The words that somebody replaced who had begun from others, and was told nothing."""
    begun = {words: was for one in editors for words, was in one.begun.items()}
    changes = [
        change
        for trace in Trace.objects.filter(act="network:record:edit").order_by("pk")
        for change in trace.changes.values()
    ]
    return [before for before, after in changes if begun.get(after, before) != before]


def test_no_edit_is_lost_in_silence(posting, on_the_day):
    editors = everybody_edits(posting, EDITS)
    saved = {words for one in editors for words in one.saved}
    compared = [words for one in editors for words in one.compared]
    traces = Trace.objects.filter(act="network:record:edit")
    told = {after for trace in traces for _was, after in trace.changes.values()}
    assert len(saved) + len(compared) == EDITORS * EDITS
    assert min(len(saved), len(compared)) > EDITS
    assert told == saved
    assert lost(editors) == []
    posting.refresh_from_db()
    assert posting.version == len(saved) + 1


def test_without_the_comparison_words_are_lost(posting, on_the_day, monkeypatch):
    monkeypatch.setattr(
        "entrecidades.network.services.editing.merge",
        lambda _base, _theirs, mine: Merged(filled(mine), (), ()),
    )
    assert len(lost(everybody_edits(posting, 3))) > EDITORS
