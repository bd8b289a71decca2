"""Who did what to which thing, when, and what became of it field by field."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from entrecidades.audit.fields import CanonicalField
from entrecidades.audit.rules import CHANGES, FACTS, OWN, START, parts_of, promised


class TraceIsWrittenOnce(TypeError):
    """Somebody tried to change or delete a trace: an error of the house, not of a person."""


class TraceQuerySet(models.QuerySet["Trace"]):
    """Traces can be read and added; the other doors are locked."""

    def update(self, **_facts: Any) -> NoReturn:
        """Refuse to rewrite history."""
        raise TraceIsWrittenOnce

    def delete(self) -> NoReturn:
        """Refuse to forget history."""
        raise TraceIsWrittenOnce


class Trace(models.Model):
    """One line of the house's memory; written once, never changed.

    People, bodies and things are kept as numbers, not as foreign keys: a trace
    outlives them (docs/adr/0009). ``position`` and ``hash`` are empty for the
    moment between an act's commit and its sealing. ``apart`` is what is somebody's
    own, and every word that could name somebody: parts of it may be taken out when
    a person is erased; what the chain covers of them is the ``commitment``.
    """

    act = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    by_id = models.BigIntegerField(null=True)
    body_id = models.BigIntegerField(null=True)
    about_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    sealed_facts = CanonicalField(default=dict)
    sealed_changes = CanonicalField(default=dict)
    commitment = models.TextField(blank=True)
    apart = CanonicalField(default=dict)
    position = models.BigIntegerField(null=True)
    hash = models.CharField(max_length=64, null=True)  # noqa: DJ001 - open is not empty

    objects = TraceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["subject", "-id"], name="trace_subject"),
            models.Index(fields=["by_id", "-id"], name="trace_by"),
            models.Index(
                fields=["body_id", "-at"],
                condition=Q(body_id__isnull=False),
                name="trace_body",
            ),
            models.Index(fields=["at"], name="trace_at"),
            models.Index(
                fields=["about_id"], condition=Q(about_id__isnull=False), name="trace_about"
            ),
            models.Index(fields=["id"], condition=Q(position__isnull=True), name="trace_open"),
        ]
        constraints = [models.UniqueConstraint(fields=["position"], name="trace_one_position")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"

    def save(self, **options: Any) -> None:
        """Add the trace; a trace that is there already stays as it is."""
        if not self._state.adding:
            raise TraceIsWrittenOnce
        super().save(**options)

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse to forget history."""
        raise TraceIsWrittenOnce

    @property
    def facts(self) -> dict[str, Any]:
        """How it was done, as far as that is still told."""
        return {**self.sealed_facts, **dict(parts_of(self.apart, FACTS))}

    @property
    def changes(self) -> dict[str, Any]:
        """What changed, field → (before, after), as far as that is still told."""
        return {**self.sealed_changes, **dict(parts_of(self.apart, CHANGES))}

    @property
    def personal(self) -> dict[str, Any]:
        """What changed of a person's own, as far as that is still told."""
        return dict(parts_of(self.apart, OWN))

    @property
    def taken_out(self) -> tuple[frozenset[str], frozenset[str]]:
        """The changed fields whose words were taken out: a body's, and a person's own."""
        gone = [
            part.partition(".") for part in promised(self.commitment).keys() - self.apart.keys()
        ]
        of_body, own = (
            frozenset(name for of, _dot, name in gone if of == kind and name)
            for kind in (CHANGES, OWN)
        )
        return of_body, own


class Head(models.Model):
    """The end of the chain, one row: whoever seals traces holds it meanwhile."""

    position = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)
    sealed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"
