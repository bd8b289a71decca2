"""The text of an agreement: as it is written, its numbered versions, and who has checked what."""

from typing import TYPE_CHECKING, Any, Never
from uuid import UUID

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.agreements.choices import RemarkState
from entrecidades.agreements.models.agreement import Agreement
from entrecidades.agreements.models.party import Party
from entrecidades.agreements.text_rules import NOTE, REMARK, NotWritable, clause_of
from entrecidades.engines.wording import clauses as wording
from entrecidades.engines.wording.clauses import Clause, digest
from entrecidades.kernel import ids
from entrecidades.kernel.text import TextsField
from entrecidades.kernel.versions import Versioned
from entrecidades.network.models import Entity

#: The columns of a text that hold its words.
WORDS = frozenset({"title", "clauses"})


class Worded(models.Model):
    """A title and clauses in several languages, kept in one row: a text is read as a whole."""

    title = TextsField()
    clauses = models.JSONField(default=list)

    class Meta:
        abstract = True

    if (
        TYPE_CHECKING
    ):  # what each of the two says by itself; Django's metaclass leaves no room for abc

        @property
        def codes(self) -> tuple[str, ...]:
            """The languages in which it is written, in their order."""

    def in_words(self) -> wording.Text:
        """The text as the engine of texts knows it."""
        spoken = {code: self.title.get(code, "") for code in self.codes}
        return wording.Text(self.codes, spoken, tuple(map(clause_of, self.clauses)))

    def clause(self, key: str) -> Clause | None:
        """The clause with a key, if the text has it."""
        return next((clause_of(one) for one in self.clauses if one["key"] == key), None)

    @property
    def keys(self) -> list[str]:
        """The keys of its clauses, in their order."""
        return [one["key"] for one in self.clauses]


class Text(Worded, Versioned):
    """What the parties are writing. ``agreed`` is the version to which all have said yes.

    While there is one, and from the moment the agreement goes on, no word is changed.
    """

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="text")
    model = models.CharField(max_length=40, blank=True)  # the model it was begun from
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    agreed = models.OneToOneField(
        "Version", models.PROTECT, null=True, blank=True, related_name="agreed_for"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("text of an agreement")
        verbose_name_plural = _("texts of agreements")

    def __str__(self) -> str:
        return str(self.agreement)

    def get_absolute_url(self) -> str:
        """Where those who take part read it."""
        return reverse("web:text-detail", kwargs={"public_id": self.public_id})

    @property
    def public_id(self) -> UUID:
        """The agreement's: it has one text."""
        return self.agreement.public_id

    @property
    def binding_words(self) -> frozenset[str]:
        """The columns by whose words the parties have bound themselves: nothing changes them."""
        return WORDS if self.agreed_id else frozenset()

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages of the agreement."""
        return tuple(self.agreement.languages)


class Frozen(models.QuerySet["Version"]):
    """Rows that are written once."""

    def update(self, **_fields: Any) -> Never:
        """Refuse: what is numbered stays as it is."""
        raise NotWritable(_("A numbered version is never changed."))


class Version(Worded):
    """A text as it stood when somebody numbered it: from then on nobody changes it.

    ``digest`` is the hash of its words. A row whose words give another hash was changed past
    the house, and says so (`is_intact`). Of words that bind nobody a person who is erased is taken
    out, and the row tells that she was (``is_masked``).
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"numbered_by"})
    #: What nobody changes.
    WORDS = ("title", "clauses", "languages", "digest", "number")
    #: What is saved too when a person who is erased is taken out of the words.
    SAYS_MASKED = ("is_masked",)

    text = models.ForeignKey(Text, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    languages = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    note = models.CharField(_("what is new in it"), max_length=NOTE, blank=True)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    numbered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    numbered_at = models.DateTimeField()
    is_masked = models.BooleanField(default=False)

    objects = Frozen.as_manager()

    class Meta:
        ordering = ["text", "-number"]
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return _("Version %(number)d") % {"number": self.number}

    def save(self, **options: Any) -> None:
        """Write a new version; of an old one people can be forgotten, and nothing else changes."""
        written = {*(options.get("update_fields") or self.WORDS)}
        forgettable = {"numbered_by", "note", *self.SAYS_MASKED}
        if written.issuperset(self.SAYS_MASKED):
            self.is_masked = self.is_masked or not written.isdisjoint(WORDS)
            forgettable |= WORDS - self.binding_words
        if not self._state.adding and not written <= forgettable:
            raise NotWritable(_("A numbered version is never changed."))
        super().save(**options)

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages it was written in."""
        return tuple(self.languages)

    @property
    def is_intact(self) -> bool:
        """Whether its words still give the hash under which it was numbered, or say why not."""
        return self.is_masked or digest(self.in_words()) == self.digest

    @property
    def binding_words(self) -> frozenset[str]:
        """The columns to whose words all parties have said yes, if this is the version."""
        return WORDS if Text.objects.filter(agreed=self.pk).exists() else frozenset()


class SameMeaning(models.Model):
    """A side found that a clause means the same in every language.

    It holds for the words she read, by their ``seal``; for other words it says nothing.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"checked_by"})

    text = models.ForeignKey(Text, models.CASCADE, related_name="checks")
    key = models.CharField(max_length=40)
    party = models.ForeignKey(Party, models.CASCADE, related_name="checks")
    seal = models.CharField(max_length=64)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("check of a clause")
        verbose_name_plural = _("checks of clauses")
        constraints = [
            models.UniqueConstraint(fields=["text", "key", "party"], name="clause_checked_once")
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.key}"


class Consent(models.Model):
    """A party said yes to a version of the text."""

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"said_by"})

    version = models.ForeignKey(Version, models.CASCADE, related_name="consents")
    party = models.ForeignKey(Party, models.CASCADE, related_name="consents")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("consent to a text")
        verbose_name_plural = _("consents to texts")
        constraints = [
            models.UniqueConstraint(fields=["version", "party"], name="consent_to_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.version}"


class Remark(models.Model):
    """What somebody says of a clause, for a body that takes part; settled, it stays readable."""

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"words", "written_by", "settled_by"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    text = models.ForeignKey(Text, models.CASCADE, related_name="remarks")
    key = models.CharField(max_length=40)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    words = models.TextField(_("remark"), max_length=REMARK)
    language = models.CharField(max_length=10)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=RemarkState.choices, default=RemarkState.OPEN, editable=False
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("remark on a clause")
        verbose_name_plural = _("remarks on clauses")
        constraints = [
            models.CheckConstraint(
                name="remark_settled_iff_dated",
                condition=models.Q(state=RemarkState.OPEN, settled_at=None)
                | ~models.Q(state=RemarkState.OPEN) & models.Q(settled_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity}, {self.written_at:%Y-%m-%d}"
