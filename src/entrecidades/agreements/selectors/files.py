"""A version of a text as a file: PDF with its languages in columns, or DOCX to work on."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from entrecidades.agreements.models import Version
from entrecidades.agreements.selectors.texts import open_remarks, parties_of
from entrecidades.engines.wording.columns import Imprint, Signer, columns_pdf
from entrecidades.engines.wording.tags import Stamp
from entrecidades.engines.wording.word_out import Remark, Sheet, word_file
from entrecidades.network.countries import language_name

#: How a stamp says that a file is of a text of ours.
TEXT = "text"


def pdf_of(version: Version, first: str = "") -> bytes:
    """A version as PDF, a draft until all have agreed to it; ``first`` names the left column."""
    codes = version.codes
    order = [first, *(code for code in codes if code != first)] if first in codes else [*codes]
    imprint = Imprint(
        reference=version.text.agreement.reference,
        version=version.number,
        on=version.numbered_at.date(),
        is_draft=version.text.agreed_id != version.pk,
        words={code: _words(code) for code in codes},
        signers=_signers(version),
    )
    return columns_pdf(version.in_words(), imprint, order)


def word_of(version: Version, *, at: datetime) -> bytes:
    """A version as DOCX, with the open remarks; brought in again, every clause is recognised."""
    text = version.text
    said = {"reference": text.agreement.reference, "number": version.number}
    remarks = [
        Remark(one.key, one.entity.name_in(), one.words)
        for one in open_remarks(text).select_related("entity").prefetch_related("entity__names")
    ]
    sheet = Sheet(
        stamp=stamp_of(version),
        line=_("%(reference)s · version %(number)d") % said,
        note=_(
            "Write in the table, in either column. A clause is a row: add a row for a new one. "
            "Accept tracked changes before you bring the file in again."
        ),
        names={code: own_name(code) for code in version.codes},
        at=at,
        remarks=remarks,
    )
    return word_file(version.in_words(), sheet)


def stamp_of(version: Version) -> Stamp:
    """What a file of a version says that it is of."""
    return Stamp(TEXT, version.text.public_id.hex, version.number, version.codes)


def own_name(code: str) -> str:
    """A language's name in itself."""
    return language_name(code.partition("-")[0], code)


def _words(code: str) -> dict[str, str]:
    """Our words on the file, in one of its languages."""
    with translation.override(code):
        return {
            "language": own_name(code),
            "draft": _("Draft"),
            "version": _("Version"),
            "signatures": _("Signatures"),
            "post": _("Office"),
        }


def _signers(version: Version) -> list[Signer]:
    """Who signs for each party; a line without a name where nobody is named yet."""
    told = []
    for party in parties_of(version.text.agreement):
        name = {code: party.entity.name_in(code) for code in version.codes}
        people = [(one.name, one.post) for one in party.signatories.all()] or [("", "")]
        told += [Signer(name, person, post) for person, post in people]
    return told
