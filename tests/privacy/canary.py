"""A person with a token in every personal field, planted wherever the register says so."""

import datetime as dt
import itertools

from django.contrib.sessions.backends.db import SessionStore
from django.db import models

from entrecidades.audit.services import record
from entrecidades.cooperation.models import Relation
from entrecidades.network.choices import Visibility
from entrecidades.privacy.register import Leads, register
from entrecidades.queue.services import enqueue
from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import ProgrammeFactory, RelationFactory
from tests.factories.network import ClaimFactory, CountryFactory, EntityFactory, PlaceFactory

EMAIL, FORMER, NAME = "canary@zq.example", "former@zq.example", "Zqanaria Tokenova"
A_DAY = dt.date(2009, 1, 1)
A_MOMENT = dt.datetime(2009, 1, 1, 9, 0, tzinfo=dt.UTC)
NUMBERS = itertools.count(7_000)
TEXT = (models.CharField, models.TextField)
#: What a constraint asks of a row that is made without thinking.
FITTING = {
    "agreements.Agreement": {"kind": "memorandum", "visibility": Visibility.PARTNER},
    "network.Mandate": {"role": "officer", "valid_from": A_DAY, "agent": None},
    "accounts.Nomination": {"state": "granted"},
    "practices.Posting": {"state": "published"},
    "cooperation.Introduction": {"state": "forwarded", "visibility": Visibility.PARTNER},
    "projects.Project": {"visibility": Visibility.PARTNER},
    "calls.Application": {"visibility": Visibility.PARTNER},
}


def relation(**given):
    """The cooperation of two countries that no other row joins, always the same."""
    pair = {"one": CountryFactory(code="AD"), "other": CountryFactory(code="AL")}
    row = Relation.objects.filter(**pair).first() or RelationFactory(**pair)
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    return row


MAKERS = {
    "network.Claim": ClaimFactory,
    "network.Country": CountryFactory,
    "network.Entity": EntityFactory,
    "network.Place": PlaceFactory,
    "accounts.Person": PersonFactory,
    "cooperation.Relation": relation,
    "cooperation.Programme": lambda **given: ProgrammeFactory(relation=relation(), **given),
}


def token(label, field):
    """The token of a field: nothing else in the world reads like it."""
    return f"zq-{label}-{field.name}".lower()[: getattr(field, "max_length", None) or 80]


def value_for(field):
    """Some value that a field takes."""
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.ForeignKey):
        return smallest(field.related_model)
    number = next(NUMBERS)
    for kind, value in (
        (models.DateTimeField, A_MOMENT),
        (models.DateField, A_DAY),
        (models.DurationField, dt.timedelta(1)),
        (models.BooleanField, False),
        (models.BinaryField, b"x"),
        (models.JSONField, {}),
        (models.EmailField, f"x{number}@example.org"),
        (TEXT, f"x{number}"[: getattr(field, "max_length", None) or 80]),
    ):
        if isinstance(field, kind):
            return value
    return number


def smallest(model, **given):
    """The smallest row of a model that the database takes."""
    label = model._meta.label
    if label in MAKERS:
        return MAKERS[label](**given)
    facts = FITTING.get(label, {}) | given
    for field in model._meta.concrete_fields:
        given_already = (
            field.name in facts
            or field.get_internal_type() == "BigAutoField"
            or field.has_default()
        )
        if not (given_already or field.null or (field.blank and isinstance(field, TEXT))):
            facts[field.name] = value_for(field)
    return model._default_manager.create(**facts)


def told_in(field, words):
    """Words in the shape in which a column holds them."""
    if isinstance(field, models.BinaryField):
        return words.encode()
    return {"en": words} if isinstance(field, models.JSONField) else words


class Canary:
    """The person, the tokens that are hers to see, and those that nobody ever sees."""

    def __init__(self):
        self.person = PersonFactory(email=EMAIL, name=NAME, language="pt", last_login=A_MOMENT)
        self.hers, self.secret = {EMAIL, NAME, FORMER}, set()
        for entry in register().values():
            if not entry.unused:
                self.plant(entry)
        changes = {"email": (FORMER, EMAIL), "name": ("", NAME)}
        record("accounts:person:join", subject=self.person, by=self.person, changes=changes)

    def plant(self, entry):
        """Rows of a model that are hers in every way, and rows of others that name her."""
        for way in entry.ways:
            if way.leads in {Leads.PERSON, Leads.ADDRESS} and entry.label != "accounts.Person":
                self.plant_row(entry, way)
        if entry.label == "sessions.Session":
            self.plant_session()
        if entry.label == "queue.Job":
            enqueue("mail.write", kind="x", subject_id=1, reader_id=self.person.pk, told="x")
        fields = [entry.model._meta.get_field(column) for column in entry.texts]
        if fields:
            said = f"Regards,\n{NAME} <{EMAIL.upper()}>"
            smallest(entry.model, **{field.name: told_in(field, said) for field in fields})

    def plant_row(self, entry, way):
        """One row with a token in every field of hers."""
        facts = {"person": self.person, **self.path_of(entry, way)}
        fields = [entry.model._meta.get_field(n) for n in (*way.fields, *entry.of("sensitive"))]
        for field in fields:
            if isinstance(field, (*TEXT, models.JSONField)) and field.name not in facts:
                self.fill(entry, way, field, facts)
        names = {field.name for field in entry.model._meta.fields}
        smallest(entry.model, **{name: fact for name, fact in facts.items() if name in names})

    def fill(self, entry, way, field, facts):
        """A token in one field; a text that is masked names her as people do."""
        planted = token(entry.label, field)
        if field.unique:
            planted = f"{planted}-{next(NUMBERS)}"
        if field.name in way.fates["mask"]:
            planted = f"Write to {NAME} at {EMAIL}."
        (self.secret if field.name in entry.of("sensitive") else self.hers).add(planted)
        facts[field.name] = told_in(field, planted)

    def path_of(self, entry, way):
        """What makes a row lead to her: herself, her address, or a row that leads to her."""
        first, _path, rest = way.by.partition("__")
        if way.leads == Leads.ADDRESS:
            return {first: EMAIL}
        related = entry.model._meta.get_field(first).related_model
        if rest:
            return {first: smallest(related, **{rest: self.person})}
        return {first: self.person}

    def plant_session(self):
        """A browser in which she is logged in, with a notice that names her."""
        session = SessionStore()
        session["_auth_user_id"], session["notice"] = str(self.person.pk), NAME
        session.create()
        self.secret.add(session.session_key)
