"""Files of the agreed text: those that were given out to be signed, and signed ones that came."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entrecidades.agreements.choices import Carried, SealVerdict
from entrecidades.agreements.models.agreement import Agreement
from entrecidades.agreements.models.text import Version
from entrecidades.documents.models import Document
from entrecidades.engines.seals.findings import Report, report_of
from entrecidades.kernel import ids


class Printed(models.Model):
    """A PDF of the agreed text that was given out: a signed one begins with its very bytes."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="printed")
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    printed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file given out to be signed")
        verbose_name_plural = _("files given out to be signed")
        constraints = [
            models.UniqueConstraint(fields=["version", "sha256"], name="printed_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.sha256[:12]}"


class SignedFile(models.Model):
    """A signed PDF that a party handed in, and what was found of its signatures.

    ``report`` is what the engine told, ``looked_at`` when; roots and lists of revoked
    certificates change, so one may look again. Until a promised look is made, there is no such
    moment and nothing is told. ``version`` is the text that it carries.
    """

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signed_files")
    document = models.OneToOneField(Document, models.PROTECT, related_name="signed_file")
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="signed_files"
    )
    carries = models.CharField(max_length=8, choices=Carried.choices, default=Carried.NOTHING)
    verdict = models.CharField(max_length=8, choices=SealVerdict.choices, blank=True)
    report = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("signed file")
        verbose_name_plural = _("signed files")
        constraints = [
            models.CheckConstraint(
                name="signed_file_carries_a_version_or_nothing",
                condition=models.Q(carries=Carried.NOTHING, version=None)
                | ~models.Q(carries=Carried.NOTHING) & models.Q(version__isnull=False),
            ),
            models.CheckConstraint(
                name="signed_file_not_looked_at_says_nothing",
                condition=models.Q(looked_at__isnull=False) | models.Q(verdict=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.reference}: {self.document}"

    def told(self) -> Report:
        """What was found in it."""
        return report_of(self.report)
