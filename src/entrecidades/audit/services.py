"""The single way a trace is written, tied into the chain, and made to forget a person."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.functions import Now

from entrecidades.audit.changes import personal_fields
from entrecidades.audit.choices import Act
from entrecidades.audit.models import Head, Trace
from entrecidades.audit.rules import OWN, Changes, commitment, content_of, link
from entrecidades.audit.selectors.chain import open_rows
from entrecidades.audit.selectors.history import name_of

#: Traces sealed in one transaction: short enough that nobody waits long for the head.
BATCH = 1000
#: Commitments to words taken out that one trace tells at most: it stays a line one can read.
VOIDED = 500


class NobodyConcerned(TypeError):
    """Personal values without the person they are about: an error of the house."""


def record(
    act: str,
    *,
    subject: Model,
    by: AbstractBaseUser | None,
    body: Model | None = None,
    about: AbstractBaseUser | None = None,
    changes: Changes | None = None,
    **facts: object,
) -> Trace:
    """Write one trace, inside the caller's transaction; it is sealed once that commits.

    ``by`` is None when the house itself acts: an import, the reference data.
    ``body`` is the body she acts for. ``about`` is the person whose values are
    changed, where that is not the subject herself. Her values, and every word
    that could name somebody, are kept beside the chain, so that a person can be
    erased and the chain stay whole.
    """
    personal = personal_fields(type(subject)) & (changes or {}).keys()
    if about is None and isinstance(subject, AbstractBaseUser):
        about = subject
    if personal and about is None:
        raise NobodyConcerned(", ".join(sorted(personal)))
    told = content_of(facts, changes or {}, personal)
    trace = Trace.objects.create(
        act=act,
        subject=name_of(subject),
        by_id=by.pk if by else None,
        body_id=body.pk if body else None,
        about_id=about.pk if about else None,
        sealed_facts=told.facts,
        sealed_changes=told.changes,
        commitment=told.commitment,
        apart=told.apart,
    )
    _seal_after_commit()
    return trace


def _seal_after_commit() -> None:
    """Seal once the caller has committed, however many traces she leaves."""
    waiting: list[Any] = connection.run_on_commit
    if seal not in [call for _savepoints, call, _robust in waiting]:
        transaction.on_commit(seal, robust=True)


def seal() -> int:
    """Tie every committed trace that is still open into the chain; how many there were.

    Sealing holds the head of the chain and nothing an act could wait for: acts
    never hold the head, so neither waits for the other in a circle. What a crash
    leaves open, the next sealing finds.
    """
    sealed = 0
    while Trace.objects.filter(position=None).exists() and (some := _seal_some()):
        sealed += some
    return sealed


@transaction.atomic(durable=True)
def _seal_some() -> int:
    """Seal the oldest open traces, in a transaction of its own, alone."""
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    links: list[tuple[int, str, int]] = []
    for pk, *content in open_rows(BATCH):
        head.position += 1
        head.hash = link(head.hash, head.position, content)
        links.append((head.position, head.hash, pk))
    if links:
        _write_links(links)
        Head.objects.filter(pk=1).update(position=head.position, hash=head.hash, sealed_at=Now())
    return len(links)


def _write_links(links: Sequence[tuple[int, str, int]]) -> None:
    """Write positions and hashes; the database refuses them to a trace that has them."""
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE audit_trace SET position = %s, hash = %s WHERE id = %s", links)


@transaction.atomic
def forget(*, person: AbstractBaseUser, by: AbstractBaseUser | None) -> int:
    """Erase a person's values from history; the number of traces that held some.

    Their salts go with them, so that what the chain keeps cannot be guessed back.
    The chain stays whole, and a trace tells that she was forgotten.
    """
    hers = Trace.objects.filter(about_id=person.pk, commitment__gt="").order_by("pk")
    count = sum(bool(_take_out(trace, _is_own)) for trace in hers.iterator())
    record(Act.FORGET, subject=person, by=by, traces=count)
    return count


@transaction.atomic
def forget_words(
    *,
    within: Iterable[Trace],
    naming: Callable[[Any], bool],
    person: AbstractBaseUser,
    by: AbstractBaseUser | None,
) -> int:
    """Take the words that name a person out of traces; how many parts there were.

    Only the part that names her goes, such as one field of one change; all others
    stay, proved as before. Traces tell which commitments are void from now on: of
    what is missing without being told so, the chain says that somebody blotted it.
    """
    void = [
        digest
        for trace in within
        for digest in _take_out(trace, lambda _part, value: naming(value))
    ]
    for first in range(0, len(void), VOIDED):
        record(Act.FORGET_WORDS, subject=person, by=by, void=void[first : first + VOIDED])
    return len(void)


def _is_own(part: str, _value: object) -> bool:
    """Whether a part is the person's own that a trace is about."""
    return part.partition(".")[0] == OWN


def _take_out(trace: Trace, goes: Callable[[str, Any], bool]) -> list[str]:
    """Take parts out of what a trace keeps apart; the commitments to them."""
    gone = {part: one for part, one in trace.apart.items() if goes(part, one[1])}
    if gone:
        staying = {part: one for part, one in trace.apart.items() if part not in gone}
        row: QuerySet[Any] = QuerySet(Trace).filter(pk=trace.pk)
        row.update(apart=staying)
    return [commitment(*salted) for salted in gone.values()]
