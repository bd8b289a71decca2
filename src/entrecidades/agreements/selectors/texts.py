"""What stands in the text of an agreement, who has checked what, and what is still to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import WRITTEN, RemarkState
from entrecidades.agreements.models import Agreement, Party, Remark, SameMeaning, Text, Version
from entrecidades.agreements.selectors.life import bound_parties
from entrecidades.agreements.selectors.reading import agreements_of
from entrecidades.agreements.text_rules import seal_of
from entrecidades.engines.wording.clauses import Clause, digest, gaps, numbers
from entrecidades.network.selectors import Reader, entities_where


@dataclass(frozen=True, slots=True)
class Checked:
    """A clause of a text: its number, the languages in which it is not whole, who checked it."""

    clause: Clause
    number: str
    gaps: list[str]
    by: list[Party]
    remarks: list[Remark]

    @property
    def name(self) -> str:
        """What people call it: its number, or its first words."""
        said = [*self.clause.heading.values(), *self.clause.body.values()]
        return self.number or next((words[:40] for words in said if words), "–")


def texts_of(reader: Reader) -> QuerySet[Text]:
    """The texts that a reader's own bodies write, or accompany."""
    mine = agreements_of(reader).values("pk")
    return Text.objects.filter(agreement__in=mine).select_related("agreement__drafter", "agreed")


def parties_of(agreement: Agreement) -> list[Party]:
    """Those who are bound, the drafter first."""
    return list(bound_parties(agreement))


def parties_for(
    agreement: Agreement,
    person: AbstractBaseUser | AnonymousUser,
    permission: Permission,
    *,
    on: date,
) -> list[Party]:
    """The parties, observers included, for which a person may do something on a day."""
    bodies = set(entities_where(person, permission, on=on).values_list("pk", flat=True))
    rows = agreement.parties.select_related("entity__country").prefetch_related("entity__names")
    return [party for party in rows if party.entity_id in bodies]


def is_writable(text: Text) -> bool:
    """Whether its words may still change: not agreed, and the agreement not gone on."""
    return text.agreed_id is None and text.agreement.state in WRITTEN


def latest_version(text: Text) -> Version | None:
    """The version with the highest number."""
    return text.versions.order_by("-number").first()


def is_numbered(text: Text, version: Version | None) -> bool:
    """Whether a version says what the text says now."""
    return version is not None and version.digest == digest(text.in_words())


def agreed_version(agreement: Agreement) -> Version | None:
    """The version to which all parties have said yes; None while they have not."""
    text = Text.objects.filter(agreement=agreement).select_related("agreed").first()
    return text.agreed if text else None


def text_to_read(agreement: Agreement) -> Version | None:
    """The signed words, for whoever sees the agreement; None before it is signed."""
    return agreed_version(agreement) if agreement.signed_on else None


def checked(text: Text, parties: Sequence[Party]) -> list[Checked]:
    """Every clause with what is known of it, in three questions however many there are."""
    words = text.in_words()
    marks = {(one.key, one.party_id): one.seal for one in text.checks.all()}
    remarks = remarks_by_clause(text)
    return [
        Checked(
            clause,
            number,
            gaps(clause, words.languages),
            _by(clause, words.languages, parties, marks),
            remarks.get(clause.key, []),
        )
        for clause, number in zip(words.clauses, numbers(words.clauses), strict=True)
    ]


def _by(
    clause: Clause,
    languages: Sequence[str],
    parties: Sequence[Party],
    marks: Mapping[tuple[str, int], str],
) -> list[Party]:
    """The parties whose check holds for the words as they are."""
    seal = seal_of(clause, languages)
    return [party for party in parties if marks.get((clause.key, party.pk)) == seal]


def remarks_by_clause(text: Text) -> dict[str, list[Remark]]:
    """The remarks on each clause, by its key, the oldest first."""
    rows = text.remarks.select_related("entity", "written_by").prefetch_related("entity__names")
    told: dict[str, list[Remark]] = {}
    for one in rows:
        told.setdefault(one.key, []).append(one)
    return told


def open_remarks(text: Text) -> QuerySet[Remark]:
    """The remarks that nobody has settled."""
    return text.remarks.filter(state=RemarkState.OPEN)


def checks_of(text: Text) -> QuerySet[SameMeaning]:
    """Every check that was made, whether or not it still holds."""
    return text.checks.select_related("party__entity")
