"""The register that programs read says what its page says, and every personal field has a fate."""

from django.apps import apps

from entrecidades.privacy.field_words import FIELDS
from entrecidades.privacy.register import Leads, register
from entrecidades.privacy.selectors.copy import TOLD_OF_SESSIONS
from entrecidades.privacy.services.files_made import MAKERS
from entrecidades.privacy.words import KINDS
from tests.house.source import rows_of

# Of an account the person is shown her own fields, of a session what it says of her.
READ_APART = {"accounts.Person", "sessions.Session"}
# Rooms and tables whose words come from public data files, from libraries or from the machine.
NOT_WRITTEN_BY_PEOPLE = {
    *("audit.Trace", "audit.Head", "queue.Recurring", "themes.Theme", "exchange.Load"),
    *("network.Country", "network.Region", "network.Place", "network.PlaceName"),
    *("network.Entity", "network.EntityName", "network.Identifier", "network.Partnership"),
    *("network.Membership", "network.Succession", "network.Homologue", "network.MailDomain"),
    *("encounters.Series", "encounters.Encounter", "agreements.Series", "agreements.Printed"),
    *("auth.Permission", "auth.Group", "contenttypes.ContentType", "socialaccount.SocialApp"),
}
# Columns of other tables that hold numbers, codes, hashes or addresses, never a sentence.
NO_SENTENCES = {
    *("name", "kind", "slug", "key", "reference", "model", "zone", "sha256", "digest", "seal"),
    *("source_url", "languages", "purposes", "forms", "times", "counts", "made", "reasons"),
    *("checked", "reminded", "noticed", "shares", "region", "kept", "answer", "problems"),
    *("subject", "ended", "begun", "moved", "left_out"),
}
WORDS = ("CharField", "SlugField", "TextField", "JSONField", "BinaryField", "URLField")
SHORT = 40


def unread(entries):
    """Columns in which people could write, and which an erasure does not look through."""
    for entry in entries:
        hers = {name for way in entry.ways for name in way.fields}
        read = {*hers, *entry.texts, *entry.of("sensitive"), *(["content"] if entry.made else [])}
        for field in entry.model._meta.concrete_fields:
            long = (getattr(field, "max_length", None) or SHORT) >= SHORT
            words = field.get_internal_type() in WORDS and not field.choices and long
            if words and field.name not in read | NO_SENTENCES:
                yield f"{entry.label}.{field.name}"


def told():
    """What the register of programs says, as field → class."""
    return {
        f"{label}.{name}": kind
        for label, entry in register().items()
        for name, kind in entry.classes.items()
    }


def without_a_fate(entries):
    """Personal fields of which nobody said whose they are."""
    for entry in entries:
        covered = {name for way in entry.ways for name in way.fields}
        if not entry.unused:
            yield from (f"{entry.label}.{n}" for n in entry.of("personal") if n not in covered)


def test_the_page_and_the_register_of_programs_say_the_same():
    assert told() == {row[0]: row[1] for row in rows_of("personal-data.md")}


def test_every_personal_field_leads_to_a_person_and_has_a_fate():
    assert list(without_a_fate(register().values())) == []


def test_every_secret_goes_with_somebody_or_is_never_written():
    for entry in register().values():
        if entry.of("sensitive") and not entry.unused:
            assert any(way.deletes or way.fates["blank"] for way in entry.ways), entry.label


def test_every_way_leads_from_a_field_to_a_person():
    for entry in register().values():
        for way in entry.ways:
            assert set(way.fields) <= set(entry.classes), entry.label
            assert way.deletes + bool({*way.fates["blank"], *way.fates["keep"]}) == 1, entry.label
            if way.leads == Leads.PERSON:
                entry.model._default_manager.filter(**{way.by: 0})


def test_every_kind_and_field_that_a_person_is_shown_has_words():
    shown = {entry.label: entry for entry in register().values() if entry.ways}
    assert shown.keys() == KINDS.keys()
    fields = {
        name
        for entry in shown.values()
        for name in [
            *(n for way in entry.ways for n in way.fields),
            *(entry.of("public", "internal") if entry.label not in READ_APART else ()),
        ]
    }
    fields = fields - {"session_data"} | set(TOLD_OF_SESSIONS)
    assert fields - FIELDS.keys() == set()


def test_no_model_keeps_files_that_an_erasure_would_leave():
    kept = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if field.get_internal_type() in {"FileField", "ImageField", "FilePathField"}
    ]
    assert kept == []


def test_the_rule_sees_a_personal_field_that_leads_to_nobody():
    entry = register()["network.Post"]
    bare = type(entry)(entry.label, entry.classes, (), (), (), unused=False)
    assert sorted(without_a_fate([bare])) == [
        "network.Post.holder",
        "network.Post.holder_agreed",
        "network.Post.removed_by",
    ]


def test_an_erasure_looks_through_every_column_in_which_people_write():
    entries = register().values()
    assert list(unread(e for e in entries if e.label not in NOT_WRITTEN_BY_PEOPLE)) == []


def test_the_rule_sees_a_text_that_nobody_looks_through():
    entry = register()["projects.Project"]
    bare = type(entry)(entry.label, entry.classes, entry.ways, (), (), unused=False)
    assert sorted(unread([bare])) == ["projects.Project.summary", "projects.Project.title"]


def test_every_file_that_the_house_made_can_be_made_anew():
    assert {entry.label for entry in register().values() if entry.made} == MAKERS.keys()
