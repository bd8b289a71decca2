"""Handing in: who may, what is kept, what is told, and that a refusal leaves nothing."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from entrecidades.audit.models import Trace
from entrecidades.documents import store
from entrecidades.documents.choices import FileKind
from entrecidades.documents.models import Document
from entrecidades.documents.rules import NotTaken, declared_otherwise
from entrecidades.documents.selectors import bytes_kept, content_of, documents_seen_by
from entrecidades.documents.services import examine, hand_in
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Mandate
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import reader_of
from tests.conftest import A_DAY, A_MOMENT
from tests.documents.conftest import upload
from tests.documents.files import GOOD, hostile, photograph
from tests.race import at_once, slowly

pytestmark = pytest.mark.django_db


def files():
    """Every content in the store."""
    return sorted(path for path in store.root().glob("??/*") if path.is_file())


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_of_each_kind_is_kept_under_its_hash(handed_in, kind):
    document = handed_in(upload(kind))
    assert document.kind == kind
    assert store.hash_of(content_of(document)) == document.sha256
    assert content_of(document).stat().st_size == document.size
    assert document.title == GOOD[kind][0].rpartition(".")[0]


def test_one_trace_tells_who_handed_in_what(handed_in, officer, maputo):
    document = handed_in(title="  Ata  de maio ")
    trace = Trace.objects.get(act="documents:document:hand-in")
    assert (trace.by_id, trace.body_id, trace.subject) == (
        officer.pk,
        maputo.pk,
        f"documents.Document:{document.pk}",
    )
    assert trace.facts == {"sha256": document.sha256, "size": document.size}
    assert trace.changes["title"][1] == "Ata de maio"


def test_what_is_refused_leaves_no_row_no_trace_and_no_file(handed_in):
    before = Trace.objects.count()
    for case in ("svg_as_png", "docm", "javascript", "png_50k"):
        name, content, _problem = hostile(case)
        with pytest.raises(NotTaken):
            handed_in(upload(name=name, content=content))
    assert (Document.objects.count(), Trace.objects.count() - before, files()) == (0, 0, [])
    assert list((store.root() / "desks").iterdir()) == []


def test_every_problem_is_told_at_once(handed_in, settings):
    settings.DOCUMENT_ROOM = 10
    _name, content, _problem = hostile("docm")
    with pytest.raises(NotTaken) as refusal:
        handed_in(upload(name="a.pdf", content=content, declared="text/html"))
    told = " ".join(refusal.value.messages)
    assert len(refusal.value.messages) == 4
    for words in ("macros", "“pdf”", "text/html", "has used"):
        assert words in told


def test_a_file_over_the_limit_is_refused_before_it_is_looked_into(handed_in, settings):
    settings.DOCUMENT_BYTES = 2 << 20
    with pytest.raises(NotTaken, match="larger than 2"):
        handed_in(upload(name="a.txt", content=b"a" * ((2 << 20) + 1)))
    assert handed_in(upload(name="a.txt", content=b"a" * (2 << 20))).size == 2 << 20


def test_a_body_keeps_so_much_and_what_is_removed_counts_until_it_is_gone(handed_in, settings):
    settings.DOCUMENT_ROOM = 25
    first = handed_in(upload(name="a.txt", content=b"a" * 15))
    first.removed_at = A_MOMENT
    first.save()
    with pytest.raises(NotTaken, match="has used"):
        handed_in(upload(name="b.txt", content=b"b" * 11))
    handed_in(upload(name="b.txt", content=b"b" * 10))
    assert bytes_kept(first.entity) == 25


def test_one_content_is_kept_once_for_everybody(handed_in, curitiba, counterpart):
    one = handed_in()
    other = handed_in(entity=curitiba, by=counterpart)
    assert one.sha256 == other.sha256
    assert len(files()) == 1


def test_a_spoilt_content_is_mended_by_handing_it_in_again(handed_in):
    document = handed_in()
    content_of(document).write_bytes(b"spoilt")
    handed_in()
    assert store.hash_of(content_of(document)) == document.sha256


def test_a_name_cannot_leave_the_folder_or_hide_its_ending(handed_in):
    document = handed_in(upload(name="a/../..\\..\u202e\0etc.txt"))
    assert document.file_name == "etc.txt"


@pytest.mark.parametrize(
    ("declared", "is_refused"),
    [
        ("", False),
        ("application/octet-stream", False),
        ("text/plain", False),
        ("text/html", True),
        ("image/svg+xml", True),
        ("application/pdf", True),
    ],
)
def test_what_a_browser_calls_a_file_may_not_contradict_it(declared, is_refused):
    assert declared_otherwise(declared, FileKind.TXT) is is_refused


def test_who_may_not_hand_in_hands_nothing_in(handed_in, stranger, maputo):
    with pytest.raises(NotAllowed):
        handed_in(by=stranger)
    Mandate.objects.filter(entity=maputo).update(role="evaluator")
    with pytest.raises(NotAllowed):
        handed_in()
    assert files() == []


def test_it_is_its_bodys_alone_unless_it_is_shared(handed_in, officer, counterpart, stranger):
    private = handed_in(parties=[])
    shared = handed_in(visibility=Visibility.PARTNER, parties=[counterpart.mandates.get().entity])
    seen = {
        person: set(documents_seen_by(reader_of(person, on=A_DAY)))
        for person in (officer, counterpart, stranger)
    }
    assert seen == {officer: {private, shared}, counterpart: {shared}, stranger: set()}


def test_the_body_itself_is_no_party_and_others_are_named_once(handed_in, maputo, curitiba):
    document = handed_in(parties=[curitiba, maputo, curitiba])
    assert [party.entity for party in document.parties.all()] == [curitiba]


def test_a_title_too_long_is_refused_and_nothing_is_half_done(handed_in):
    with pytest.raises(ValidationError):
        handed_in(title="x" * 201)
    assert Document.objects.count() == 0


def test_a_file_examined_before_is_written_with_other_rows(maputo, officer, without_a_child):
    examined = examine(upload("pdf"))
    facts = {"entity": maputo, "title": "", "language": "pt", "by": officer, "at": A_MOMENT}
    assert hand_in(upload=examined, **facts).sha256 == examined.sha256
    store.path_of(examined.sha256).unlink()
    with pytest.raises(NotTaken, match="too long ago"):
        hand_in(upload=examined, **facts)


def test_no_place_or_camera_gets_into_the_store(handed_in):
    document = handed_in(upload("jpeg", content=photograph()))
    kept = b"".join(path.read_bytes() for path in files())
    assert b"KANARIGPS" not in kept
    assert document.size == len(kept)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_only_as_many_are_kept_as_there_is_room_for(
    maputo, officer, on_the_day, without_a_child, settings
):
    settings.DOCUMENT_ROOM = 30

    def act(number):
        content = bytes([97 + number]) * 10
        return hand_in(
            entity=maputo,
            upload=upload(name="a.txt", content=content),
            title="",
            language="",
            by=officer,
            at=A_MOMENT,
        )

    done = at_once(act, times=6)
    assert sum(isinstance(one, Document) for one in done) == 3
    assert sum(isinstance(one, NotTaken) for one in done) == 3
    assert bytes_kept(maputo) == 30


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_without_the_lock_two_are_kept_where_there_is_room_for_one(
    handed_in, maputo, settings, monkeypatch
):
    settings.DOCUMENT_ROOM = 15
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    with slowly(lambda: handed_in(upload(name="a.txt", content=b"a" * 10))) as finish:
        handed_in(upload(name="b.txt", content=b"b" * 10))
        finish()
    assert bytes_kept(maputo) == 20
