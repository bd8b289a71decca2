"""Documents, and the bodies that are named in them."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.permissions import Permission
from entrecidades.documents.choices import FileKind
from entrecidades.documents.rules import KINDS, PICTURES, IsBound, Manner
from entrecidades.kernel.removal import Present
from entrecidades.network.models import Entity, Kept, Shared


class DocumentQuerySet(models.QuerySet["Document"]):
    """The words in which the rest of the house asks for documents."""

    def over(self, on: date) -> Self:
        """Those whose last day lies before a day, except what is part of something that stays."""
        return self.filter(kept_until__lt=on, is_bound=False)


PresentDocuments = Present.from_queryset(DocumentQuerySet)


class Document(Shared, Kept):
    """One file of one body, and what is known of it.

    Its content lies in the store under its hash, and may be that of other documents too. What a
    document hangs on is known above; a record that could not do without it binds it, and then
    nobody removes it.
    """

    PARTIES = ("parties__entity",)
    EDITED = ("title", "language", "kept_until")

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"removed_by", "handed_in_by"})

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, blank=True)
    file_name = models.CharField(max_length=150)
    kind = models.CharField(max_length=5, choices=FileKind.choices)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    handed_in_at = models.DateTimeField()
    kept_until = models.DateField(_("keep until"), null=True, blank=True)
    is_bound = models.BooleanField(default=False, editable=False)

    objects = PresentDocuments()

    class Meta:
        ordering = ["-handed_in_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def edited_with(self) -> Permission:
        """Who may hand in may name anew and remove."""
        return Permission.HAND_IN

    @property
    def manner(self) -> Manner:
        """How files of its kind are named and given out."""
        return KINDS[FileKind(self.kind)]

    @property
    def is_picture(self) -> bool:
        """Whether a page may show it."""
        return self.kind in PICTURES

    def check_removal(self) -> None:
        """Refuse to remove what is part of something that stays."""
        if self.is_bound:
            raise IsBound(_("This document is part of a record that stays, and stays with it."))


class Party(models.Model):
    """Another body that a document names, and with which it may be shared."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="parties")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "entity"], name="document_party_once")
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.entity}"
