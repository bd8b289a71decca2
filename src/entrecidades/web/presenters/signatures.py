"""What was found of the signatures of a file, in words; nothing is ever called valid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from entrecidades.agreements.choices import Carried, SealVerdict
from entrecidades.agreements.models import SignedFile, Version
from entrecidades.engines.seals.findings import Note, Reason, Signature, Stamp, Verdict

REASONS = {
    Reason.ALTERED: gettext_lazy("The file was changed after it was signed."),
    Reason.UNCOVERED: gettext_lazy("The signature does not cover the whole file."),
    Reason.CHANGED_AFTER: gettext_lazy("Something was changed or added after the signature."),
    Reason.FILLED_AFTER: gettext_lazy("Fields were filled in after the signature."),
    Reason.BROKEN: gettext_lazy("The signature is damaged and cannot be read."),
    Reason.REVOKED: gettext_lazy("The certificate was revoked."),
    Reason.EXPIRED_THEN: gettext_lazy("The certificate was not in its term when it signed."),
    Reason.WEAK: gettext_lazy("The signature uses a method that is too weak."),
    Reason.NO_ROOTS: gettext_lazy("This instance trusts no root yet; its operator can name some."),
    Reason.NO_CHAIN: gettext_lazy("The certificate leads to no root that this instance trusts."),
    Reason.NO_REVOCATION: gettext_lazy("Whether the certificate was revoked is not known here."),
    Reason.EXPIRED_SINCE: gettext_lazy("The certificate has expired since."),
    Reason.NO_TIME: gettext_lazy("Nobody but the signer says when it was signed."),
    Reason.STRAY: gettext_lazy("The file carries certificates that have nothing to do with it."),
    Reason.FUTURE: gettext_lazy("The signature claims a time that is still to come."),
    Reason.ADDED_AFTER: gettext_lazy("Certificates were added after the signature."),
    Reason.LOOSE: gettext_lazy("The signature carries something that it does not protect."),
    Reason.REVOKED_SINCE: gettext_lazy("The certificate was revoked after the time stamp."),
    Reason.STAMP_ALTERED: gettext_lazy(
        "The time stamp was changed, or belongs to something else."
    ),
    Reason.STAMP_WRONG: gettext_lazy("A time stamp of the signature is not in order."),
    Reason.STAMP_UNSURE: gettext_lazy(
        "A time stamp of the signature could not be established beyond doubt."
    ),
    Reason.AFTER_STAMP: gettext_lazy("The signer claims a time after that of the time stamp."),
    Reason.CRASHED: gettext_lazy("The look at the file broke off."),
    Reason.UNSIGNED: gettext_lazy("There is no digital signature in the file."),
    Reason.UNREADABLE: gettext_lazy("The file cannot be read."),
    Reason.ENCRYPTED: gettext_lazy("The file is locked; its signatures cannot be looked at."),
    Reason.TOO_MANY: gettext_lazy("There are more signatures than can be looked at."),
    Reason.TOO_LONG: gettext_lazy("Looking at the file took too long."),
}
#: What else is told of a signature. What an issuer states is told as a statement of the issuer.
NOTES = {
    Note.KEPT: gettext_lazy("The file carries what shows whether the certificate was revoked."),
    Note.ARCHIVED: gettext_lazy("A time stamp over the whole file covers it."),
    Note.OUTLIVED: gettext_lazy(
        "The certificate has expired since; the time stamp shows that it signed before."
    ),
    Note.QUALIFIED: gettext_lazy("Qualified certificate (eIDAS), as its issuer states"),
    Note.IN_DEVICE: gettext_lazy("Its key is in a qualified device, as its issuer states"),
    Note.FOR_SIGNATURES: gettext_lazy("For signatures of a person, as its issuer states"),
    Note.FOR_SEALS: gettext_lazy("For seals of a body, as its issuer states"),
    Note.ICP_BRASIL: gettext_lazy("ICP-Brasil certificate, as its issuer states"),
    Note.ICP_A1: gettext_lazy("ICP-Brasil certificate of type A1, as its issuer states"),
    Note.ICP_A2: gettext_lazy("ICP-Brasil certificate of type A2, as its issuer states"),
    Note.ICP_A3: gettext_lazy("ICP-Brasil certificate of type A3, as its issuer states"),
    Note.ICP_A4: gettext_lazy("ICP-Brasil certificate of type A4, as its issuer states"),
    Note.OF_PERSON: gettext_lazy("Issued to a person, as its issuer states"),
    Note.OF_BODY: gettext_lazy("Issued to a body, as its issuer states"),
}
#: How a verdict looks: the notice that says it.
LOOKS = {
    SealVerdict.TRUSTED: "success",
    SealVerdict.INTACT: "warn",
    SealVerdict.WRONG: "error",
    SealVerdict.UNKNOWN: "warn",
}


@dataclass(frozen=True, slots=True)
class StampShown:
    """One time stamp, in words."""

    who: str
    at: datetime | None
    words: str
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """One signature, in words."""

    who: str
    issuer: str
    claimed_at: datetime | None
    stamped_at: datetime | None
    looks: str
    words: str
    reasons: list[str]
    stamps: list[StampShown]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class SignedShown:
    """A signed file with everything that is said of it."""

    row: SignedFile
    looks: str
    words: str
    reasons: list[str]
    signatures: list[SignatureShown]
    stamps: list[StampShown]
    text_looks: str
    text_words: str

    @property
    def waits(self) -> bool:
        """Whether it is being looked at."""
        return self.row.looked_at is None


def signed_shown(row: SignedFile, agreed: Version | None) -> SignedShown:
    """What is said of a signed file; ``agreed`` is the version that should be signed."""
    report = row.told()
    verdict = SealVerdict(row.verdict) if row.verdict else None
    looks, words = _file_words(verdict) if row.looked_at else ("info", _being_looked_at())
    text_looks, text_words = _text_words(row, agreed) if row.looked_at else ("", "")
    return SignedShown(
        row,
        looks,
        words,
        _said(report.reasons),
        [_signature(one, of=verdict) for one in report.signatures],
        [_stamp(one) for one in report.stamps],
        text_looks,
        text_words,
    )


def _being_looked_at() -> str:
    """What is said of a file while nothing is known of it."""
    return _(
        "It is being looked at, which takes a minute or two. Until then nothing is known of its "
        "signatures."
    )


def _file_words(verdict: SealVerdict | None) -> tuple[str, str]:
    """What is said of a file as a whole: of the worst of its signatures."""
    if verdict is None:
        return "info", _(
            "There is no digital signature in it. A signature on paper cannot be looked at here."
        )
    words = {
        SealVerdict.TRUSTED: _(
            "Every signature is in order: the file is unchanged, and the certificates lead to "
            "roots that this instance trusts."
        ),
        SealVerdict.INTACT: _(
            "The file is unchanged since it was signed. Who signed it could not be established "
            "beyond doubt."
        ),
        SealVerdict.WRONG: _("Not in order: do not rely on this file."),
        SealVerdict.UNKNOWN: _(
            "It could not be looked at: nothing is known of its signatures. Do not rely on it."
        ),
    }
    return LOOKS[verdict], words[verdict]


def _text_words(row: SignedFile, agreed: Version | None) -> tuple[str, str]:
    """What is said of the text that a file carries."""
    told: dict[str, Any] = {"number": row.version.number if row.version else 0}
    if row.version is None:
        return "warn", _(
            "It does not carry the hash of any version of the text: compare it word by word."
        )
    if agreed is None or row.version_id != agreed.pk:
        return "error", _("It carries version %(number)d, to which not all have agreed.") % told
    if row.carries == Carried.FILE:
        return "success", _(
            "It begins with the very file of version %(number)d that was given out here: the "
            "agreed words."
        ) % told
    return "info", _(
        "It prints the hash of the agreed version %(number)d. That its words are the same is to "
        "be seen by reading them."
    ) % told


def _signature(one: Signature, *, of: SealVerdict | None) -> SignatureShown:
    """One signature; in a file that is not in order none is called so, whoever was first."""
    verdict = one.verdict
    if of == SealVerdict.WRONG and verdict == Verdict.TRUSTED:
        verdict = Verdict.INTACT
    words = {
        Verdict.TRUSTED: _("In order, by a certificate that this instance trusts"),
        Verdict.INTACT: _("Unchanged since; who signed could not be established beyond doubt"),
        Verdict.WRONG: _("Not in order"),
    }
    said = words[verdict]
    if verdict != one.verdict:
        said = _("What it signed is unchanged, but not the file as it is now")
    return SignatureShown(
        one.who or _("somebody whose certificate cannot be read"),
        one.issuer,
        one.claimed_at,
        one.stamped_at,
        LOOKS[SealVerdict(verdict)],
        said,
        _said(one.reasons),
        [_stamp(stamp) for stamp in one.stamps],
        [str(NOTES[note]) for note in one.notes],
    )


def _stamp(one: Stamp) -> StampShown:
    """One time stamp."""
    words = {
        Verdict.TRUSTED: _("by an authority that this instance trusts"),
        Verdict.INTACT: _("could not be established beyond doubt"),
        Verdict.WRONG: pgettext("time stamp", "not in order"),
    }
    who = one.who or _("somebody whose certificate cannot be read")
    return StampShown(who, one.at, words[one.verdict], _said(one.reasons))


def _said(reasons: Sequence[Reason]) -> list[str]:
    """Reasons as sentences."""
    return [str(REASONS[one]) for one in reasons]
