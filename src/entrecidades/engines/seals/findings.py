"""What is found in a signed file, as plain values: codes that a room above says in words."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """The only words there are for a signature, from the best to the worst."""

    TRUSTED = "trusted"
    INTACT = "intact"
    WRONG = "wrong"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a signature is no better than it is called."""

    # Not in order.
    ALTERED = "altered"
    UNCOVERED = "uncovered"
    CHANGED_AFTER = "changed_after"
    FILLED_AFTER = "filled_after"
    BROKEN = "broken"
    REVOKED = "revoked"
    EXPIRED_THEN = "expired_then"
    WEAK = "weak"
    STAMP_ALTERED = "stamp_altered"
    STAMP_WRONG = "stamp_wrong"
    # Intact, but no more can be said.
    NO_ROOTS = "no_roots"
    NO_CHAIN = "no_chain"
    NO_REVOCATION = "no_revocation"
    EXPIRED_SINCE = "expired_since"
    NO_TIME = "no_time"
    STRAY = "stray"
    FUTURE = "future"
    ADDED_AFTER = "added_after"
    LOOSE = "loose"
    REVOKED_SINCE = "revoked_since"
    STAMP_UNSURE = "stamp_unsure"
    AFTER_STAMP = "after_stamp"
    # Of the file as a whole.
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_MANY = "too_many"
    # It could not be looked at: nothing is known.
    TOO_LONG = "too_long"
    CRASHED = "crashed"


class Note(StrEnum):
    """What else is told of a signature; none of it makes it better than it is called."""

    KEPT = "kept"
    ARCHIVED = "archived"
    OUTLIVED = "outlived"
    # As the issuer of the certificate states, and told only where it leads to a trusted root.
    QUALIFIED = "qualified"
    IN_DEVICE = "in_device"
    FOR_SIGNATURES = "for_signatures"
    FOR_SEALS = "for_seals"
    ICP_BRASIL = "icp_brasil"
    ICP_A1 = "icp_a1"
    ICP_A2 = "icp_a2"
    ICP_A3 = "icp_a3"
    ICP_A4 = "icp_a4"
    OF_PERSON = "of_person"
    OF_BODY = "of_body"


WRONG = frozenset(
    {
        Reason.ALTERED,
        Reason.UNCOVERED,
        Reason.CHANGED_AFTER,
        Reason.FILLED_AFTER,
        Reason.BROKEN,
        Reason.REVOKED,
        Reason.EXPIRED_THEN,
        Reason.WEAK,
        Reason.STAMP_ALTERED,
        Reason.STAMP_WRONG,
    }
)
NOT_LOOKED = frozenset({Reason.TOO_LONG, Reason.CRASHED})


def verdict_of(reasons: Iterable[Reason]) -> Verdict:
    """In order only where nothing at all speaks against it."""
    found = {*reasons}
    if found & WRONG:
        return Verdict.WRONG
    return Verdict.INTACT if found else Verdict.TRUSTED


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom an instance trusts: certificates of roots and lists of revoked ones, PEM or DER."""

    roots: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp: by whom, of when, and what speaks against it."""

    who: str
    issuer: str
    at: datetime | None
    reasons: tuple[Reason, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """As of a signature."""
        return verdict_of(self.reasons)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: who, by whose word, when, and what is to be said.

    ``claimed_at`` is what the signer says; ``stamped_at`` when a time stamp in order shows that
    it was there. ``stamps`` are those made for this signature.
    """

    who: str
    issuer: str
    claimed_at: datetime | None
    stamped_at: datetime | None
    reasons: tuple[Reason, ...]
    stamps: tuple[Stamp, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """In order only where nothing at all speaks against it."""
        return verdict_of(self.reasons)


@dataclass(frozen=True, slots=True)
class Report:
    """What is found in a file; ``reasons`` are about the whole, ``stamps`` those of the whole."""

    signatures: tuple[Signature, ...] = ()
    reasons: tuple[Reason, ...] = ()
    is_signed: bool = False
    stamps: tuple[Stamp, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The worst of its signatures and time stamps; None where there is no signature."""
        if NOT_LOOKED.intersection(self.reasons):
            return Verdict.UNKNOWN
        if self.reasons:
            return Verdict.WRONG if self.is_signed else None
        if not self.signatures:
            return None
        order = list(Verdict)
        verdicts = [one.verdict for one in self.signatures]
        verdicts += [one.verdict for one in self.stamps]
        return max(verdicts, key=order.index)

    def told(self) -> dict[str, Any]:
        """The report as JSON knows it."""
        told: dict[str, Any] = _plain(asdict(self))
        return told


def _plain(told: Any) -> Any:
    """What JSON knows: moments as text, and so on down."""
    if isinstance(told, Mapping):
        return {name: _plain(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_plain(one) for one in told]
    if isinstance(told, datetime):
        return told.isoformat()
    return str(told) if isinstance(told, StrEnum) else told


def report_of(told: Mapping[str, Any]) -> Report:
    """A report from what was told of it, now or by an earlier edition of the house."""
    return Report(
        tuple(_signature(one) for one in told.get("signatures", ())),
        _reasons(told),
        bool(told.get("is_signed")),
        _stamps(told),
    )


def _signature(told: Mapping[str, Any]) -> Signature:
    """A signature from what was told of it."""
    return Signature(
        told["who"],
        told["issuer"],
        _moment(told["claimed_at"]),
        _moment(told["stamped_at"]),
        _reasons(told),
        _stamps(told),
        tuple(Note(one) for one in told.get("notes", ())),
    )


def _stamps(told: Mapping[str, Any]) -> tuple[Stamp, ...]:
    """Time stamps from what was told of them."""
    return tuple(
        Stamp(one["who"], one["issuer"], _moment(one["at"]), _reasons(one))
        for one in told.get("stamps", ())
    )


def _reasons(told: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Reasons from what was told of them."""
    return tuple(Reason(one) for one in told.get("reasons", ()))


def _moment(told: str | None) -> datetime | None:
    """A moment from its text."""
    return datetime.fromisoformat(told) if told else None
