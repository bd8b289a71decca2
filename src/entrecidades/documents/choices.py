"""The closed vocabularies of documents."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What a file is by its content; nothing else is taken in."""

    PDF = "pdf", _("PDF")
    PNG = "png", _("PNG picture")
    JPEG = "jpeg", _("JPEG picture")
    WEBP = "webp", _("WebP picture")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel spreadsheet")
    ODT = "odt", _("OpenDocument text")
    ODS = "ods", _("OpenDocument spreadsheet")
    CSV = "csv", _("table as CSV")
    TXT = "txt", _("plain text")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    HAND_IN = "documents:document:hand-in"
    LET_GO = "documents:document:let-go"
