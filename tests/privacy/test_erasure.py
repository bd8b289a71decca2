"""After an erasure nothing leads to her, in rows, files, caches or logs; all else is as it was."""

import logging
from io import StringIO

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.db import connection

from entrecidades.agreements.models import Remark, Version
from entrecidades.audit.changes import made_with
from entrecidades.audit.models import Trace
from entrecidades.audit.selectors.chain import verify
from entrecidades.audit.services import record, seal
from entrecidades.config.logs import Discreet
from entrecidades.cooperation.models import Message
from entrecidades.documents.selectors import content_of
from entrecidades.documents.services import hand_in
from entrecidades.exchange.models import SubmittedFile
from entrecidades.privacy.needles import Needles
from entrecidades.privacy.register import register
from entrecidades.privacy.services.erasure import erase
from entrecidades.privacy.services.letters_kept import BETWEEN, drop_letters
from entrecidades.queue.models import Job
from entrecidades.reporting.models import Edition
from entrecidades.web.presenters.history import Sight, events
from tests.conftest import A_MOMENT, BEFORE
from tests.documents.conftest import without_a_child  # noqa: F401 - a fixture
from tests.documents.files import GPS_WORD, photograph
from tests.factories.accounts import PersonFactory
from tests.factories.agreements import TextFactory
from tests.factories.cooperation import IntroductionFactory
from tests.factories.documents import DocumentFactory
from tests.factories.handover import PackFactory
from tests.factories.network import MandateFactory
from tests.factories.practices import PracticeFactory
from tests.factories.projects import ProjectFactory
from tests.privacy.canary import EMAIL, NAME, Canary, smallest

pytestmark = pytest.mark.django_db


def everything_stored():
    """Every column of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of tables
            for row in cursor.fetchall():
                yield f"{table}: " + " | ".join(str(value) for value in row)


def everything_on_disk(folder):
    """Every file below a folder, as text: letters, and contents under their hashes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.read_bytes().decode(errors="replace") for path in files]


def where(tokens, lines):
    """The lines that hold a token, in any case."""
    small = [token.lower() for token in tokens]
    return [line for line in lines if any(token in line.lower() for token in small)]


def counts():
    """How many rows each model has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.fixture
def home(settings, tmp_path):
    """A home with letters kept as files, two of them to her, and something cached."""
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    (tmp_path / "mail").mkdir()
    letters = [f"To: {EMAIL}\n\nBom dia", "To: other@zq.example\n\nBonjour", f"Dear {NAME},"]
    (tmp_path / "mail" / "1.log").write_text(BETWEEN.join([*letters, ""]), encoding="utf-8")
    (tmp_path / "mail" / "2.log").write_text(BETWEEN.join([letters[0], ""]), encoding="utf-8")
    cache.set("drawn", NAME)
    return tmp_path


@pytest.fixture
def canary(world, on_the_day, home):
    """Canary and home, before the erasure."""
    return Canary()


def erased(canary):
    erase(person_id=canary.person.pk, by=None)
    seal()


def test_the_search_finds_the_canary_before(canary, home):
    found = where(canary.hers | canary.secret, everything_stored())
    tables = {line.split(":")[0] for line in found}
    assert {"accounts_person", "audit_trace", "cooperation_introduction", "queue_job"} <= tables
    assert where([EMAIL], [path.read_text() for path in home.rglob("*.log")]) != []


def test_no_token_is_left_anywhere(canary, home):
    erased(canary)
    assert where(canary.hers | canary.secret, everything_stored()) == []
    assert where(canary.hers | canary.secret, everything_on_disk(home)) == []
    assert cache.get("drawn") is None


@pytest.mark.usefixtures("without_a_child")
def test_a_photograph_that_names_her_is_kept_without_her(canary, home, maputo, settings):
    """Neither its file name, nor what her telephone wrote into the picture."""
    taken = photograph("JPEG").replace(GPS_WORD.encode(), NAME.encode()[: len(GPS_WORD)])
    needle = NAME[: len(GPS_WORD)]
    assert needle.encode() in taken
    MandateFactory(entity=maputo, person=canary.person, role="officer", valid_from=BEFORE)
    document = hand_in(
        entity=maputo,
        upload=SimpleUploadedFile(f"{NAME}.jpg", taken, "image/jpeg"),
        title="The drains of Costa do Sol",
        language="pt",
        by=canary.person,
        at=A_MOMENT,
    )
    assert where([needle], everything_on_disk(settings.MEDIA_ROOT)) == []
    assert any("documents_document" in line for line in where([NAME], everything_stored()))
    erased(canary)
    assert content_of(document).exists()
    assert where([needle, *canary.hers], everything_on_disk(home)) == []
    assert where([NAME, EMAIL], everything_stored()) == []


def test_the_search_of_the_disk_sees_what_lies_in_media(home, settings):
    DocumentFactory(content=f"Minutes by {NAME}".encode())
    assert where([NAME], everything_on_disk(home)) != []


def test_no_session_of_hers_is_left(canary, client):
    client.force_login(canary.person)
    erased(canary)
    answer = client.get("/en/desk/")
    assert answer.status_code == 302
    assert register()["sessions.Session"].model.objects.count() == 0


def test_logs_know_nothing_of_it(canary):
    kept = StringIO()
    keeper = logging.StreamHandler(kept)
    keeper.setFormatter(Discreet("%(message)s"))
    logging.getLogger().addHandler(keeper)
    erased(canary)
    logging.getLogger().removeHandler(keeper)
    assert where(canary.hers, kept.getvalue().splitlines()) == []


def test_records_of_bodies_are_as_many_as_before(canary):
    going = {entry.label for entry in register().values() if any(w.deletes for w in entry.ways)}
    moving = going | {"audit.Trace", "audit.Head", "privacy.FormerOffice"}
    before = counts()
    erased(canary)
    after = counts()
    assert {k: v for k, v in before.items() if k not in moving} == {
        k: v for k, v in after.items() if k not in moving
    }
    assert after["privacy.FormerOffice"] == before["privacy.FormerOffice"] + 1


def test_a_colleague_keeps_everything(canary, home):
    colleague = PersonFactory(email="colleague@zq.example", name="Outra Pessoa")
    erased(canary)
    colleague.refresh_from_db()
    assert (colleague.email, colleague.name) == ("colleague@zq.example", "Outra Pessoa")
    assert "Bonjour" in (home / "mail" / "1.log").read_text()


def test_the_chain_verifies_and_her_part_is_empty(canary):
    seal()
    before = Trace.objects.count()
    erased(canary)
    assert verify().is_whole
    hers = Trace.objects.filter(about_id=canary.person.pk, commitment__gt="")
    assert [trace.personal for trace in hers] == [{} for _trace in hers]
    assert Trace.objects.count() == before + 2


def test_texts_tell_her_role_where_they_told_her_name(canary):
    erased(canary)
    told = register()["cooperation.Introduction"].model.objects.values_list("message", flat=True)
    assert any("[" in message for message in told)


def test_an_act_in_office_is_signed_by_the_role(canary, world):
    mandate = canary.person.mandates.get()
    number = canary.person.pk
    record("network:record:share", subject=mandate.entity, by=canary.person, body=mandate.entity)
    erased(canary)
    traces = Trace.objects.filter(by_id=number, body_id=mandate.entity_id)
    for sight in (Sight(), Sight(all=True, names=True)):
        who = {told["who"] for told in events(list(traces), sight)}
        assert who == {f"international-relations officer, {mandate.entity.name}"}


def test_done_twice_it_is_done_once(canary):
    assert erase(person_id=canary.person.pk, by=None) is True
    assert erase(person_id=canary.person.pk, by=None) is False


def test_killed_halfway_nothing_has_happened_and_it_can_be_done_anew(canary, monkeypatch):
    class Killed(BaseException):
        """The machine is switched off."""

    def die(**_facts):
        raise Killed

    with monkeypatch.context() as machine:
        machine.setattr("entrecidades.privacy.services.erasure.forget", die)
        with pytest.raises(Killed):
            erase(person_id=canary.person.pk, by=None)
    canary.person.refresh_from_db()
    assert canary.person.mandates.count() == 1
    erased(canary)
    assert where(canary.hers | canary.secret, everything_stored()) == []


def test_letters_of_others_stay_word_for_word(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    backend = EmailBackend(file_path=str(tmp_path))
    for reader in ("other@zq.example", EMAIL):
        backend.send_messages([EmailMessage("Olá", "São Paulo", None, [reader])])
    file = next(tmp_path.glob("*.log"))
    before = file.read_bytes().split(BETWEEN.encode())
    assert drop_letters(Needles.of("", [EMAIL])) == 1
    assert file.read_bytes().split(BETWEEN.encode()) == [before[0], before[2]]


# A colleague who names her: in records, in talk, in a text, and in what history tells of them.


@pytest.fixture
def named(world, maputo, officer, on_the_day):
    """Somebody who is erased, and what a colleague wrote of her before."""
    her = PersonFactory(email=EMAIL, name=NAME)
    said = f"Praças de {NAME}"
    project = ProjectFactory(entity=maputo, title={"pt": said})
    practice = PracticeFactory(entity=maputo, title={"pt": said}, summary={"pt": f"Ask\n{NAME}"})
    contact = IntroductionFactory(asker=maputo, proposed_by=officer, message=said)
    message = smallest(Message, words=f"Bom dia,\n{NAME}", written_by=officer, entity=maputo)
    text = TextFactory(title={"pt": said})
    text.clauses = [{"key": "a", "words": {"pt": [said]}}]
    text.save()
    remark = smallest(Remark, words=f"So says {NAME.upper()}", written_by=officer, text=text)
    for row, fields in (
        (project, ["title"]),
        (practice, ["title", "summary"]),
        (contact, ["message"]),
        (message, ["words"]),
        (remark, ["words"]),
    ):
        record("a:b:c", subject=row, by=officer, about=officer, changes=made_with(row, *fields))
    changes = {"a.pt": (None, f"{NAME} signs."), "state": ("draft", "open")}
    record("a:b:c", subject=text.agreement, by=officer, changes=changes, reason=f"For {NAME}")
    seal()
    return her


def test_names_in_a_colleagues_words_and_their_history_are_gone(named, home):
    found = where([NAME, EMAIL], everything_stored())
    before = {line.split(":")[0] for line in found}
    assert {
        *("audit_trace", "projects_project", "practices_practice", "cooperation_introduction"),
        *("cooperation_message", "agreements_text", "agreements_remark"),
    } <= before
    erase(person_id=named.pk, by=None)
    seal()
    assert where([NAME, EMAIL], everything_stored()) == []
    assert where([NAME, EMAIL], everything_on_disk(home)) == []
    assert verify().is_whole


def test_history_says_that_words_were_taken_out_and_keeps_the_rest(named):
    erase(person_id=named.pk, by=None)
    traces = list(Trace.objects.filter(subject__startswith="agreements.Agreement"))
    (told,) = [event["changes"] for event in events(traces, Sight(all=True)) if event["changes"]]
    assert [(one["gone"], one["was"], one["now"]) for one in told if one["gone"]] == [
        (True, "–", "–")
    ]
    assert [one["gone"] for one in told].count(False) == 1


# Files that were made before.


def test_a_pack_of_a_colleague_is_made_anew_without_her(named, maputo, officer, on_the_day):
    kept = PackFactory(entity=maputo, by=officer, content=NAME.encode())
    fresh = PackFactory(entity=maputo, by=officer, content=b"", language="fr")
    erase(person_id=named.pk, by=None)
    kept.refresh_from_db()
    assert kept.content is None
    promised = Job.objects.filter(name="privacy.make_pack_anew")
    assert {job.facts["pack_id"] for job in promised} == {kept.pk, fresh.pk}


def test_a_report_is_typeset_anew_if_she_was_named_anywhere(named):
    edition = smallest(Edition, content=NAME.encode())
    erase(person_id=named.pk, by=None)
    edition.refresh_from_db()
    assert edition.content is None
    assert Job.objects.filter(name="privacy.make_edition_anew").count() == 1


def test_a_report_stays_if_she_was_named_nowhere(db):
    edition = smallest(Edition, content=b"%PDF")
    erase(person_id=PersonFactory(name="Nunca Dita").pk, by=None)
    edition.refresh_from_db()
    assert bytes(edition.content) == b"%PDF"


def test_a_list_that_was_handed_in_loses_her_and_nothing_else(named):
    file = smallest(SubmittedFile, content=f"name,contact\nMaputo,{NAME}\nBeira,x\xe9\n".encode())
    erase(person_id=named.pk, by=None)
    file.refresh_from_db()
    assert bytes(file.content) == "name,contact\nMaputo,…\nBeira,x\xe9\n".encode()


def test_an_agreed_text_stays_as_the_parties_agreed_to_it(named):
    text = TextFactory(title={"pt": f"Acordo de {NAME}"})
    versions = [
        smallest(Version, text=text, number=number, title=text.title, languages=["pt"])
        for number in (1, 2)
    ]
    text.agreed = versions[1]
    text.save()
    erase(person_id=named.pk, by=None)
    first, second = Version.objects.filter(text=text).order_by("number")
    text.refresh_from_db()
    assert (first.is_masked, first.is_intact) == (True, True)
    assert NAME not in str(first.title)
    assert NAME in str(second.title) == str(text.title)
    assert not second.is_masked
