"""What is found in a signed file, as plain values: codes that a room above says in words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """The only words there are for a signature, from the best to the worst."""

    TRUSTED = "trusted"
    INTACT = "intact"
    WRONG = "wrong"


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
    # Intact, but no more can be said.
    NO_ROOTS = "no_roots"
    NO_CHAIN = "no_chain"
    NO_REVOCATION = "no_revocation"
    EXPIRED_SINCE = "expired_since"
    NO_TIME = "no_time"
    STRAY = "stray"
    FUTURE = "future"
    ADDED_AFTER = "added_after"
    # Of the file as a whole.
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"


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
    }
)


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom an instance trusts: certificates of roots and lists of revoked ones, PEM or DER."""

    roots: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: who, by whose word, when (as claimed, as stamped), and what is to be said."""

    who: str
    issuer: str
    claimed_at: datetime | None
    stamped_at: datetime | None
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> Verdict:
        """In order only where nothing at all speaks against it."""
        if WRONG.intersection(self.reasons):
            return Verdict.WRONG
        return Verdict.INTACT if self.reasons else Verdict.TRUSTED


@dataclass(frozen=True, slots=True)
class Report:
    """What is found in a file; ``reasons`` are about the whole of it."""

    signatures: tuple[Signature, ...] = ()
    reasons: tuple[Reason, ...] = ()
    is_signed: bool = field(default=False)

    @property
    def verdict(self) -> Verdict | None:
        """The worst of its signatures; None where there is none."""
        if self.reasons and self.is_signed:
            return Verdict.WRONG
        verdicts = [one.verdict for one in self.signatures]
        order = list(Verdict)
        return max(verdicts, key=order.index) if verdicts and not self.reasons else None

    def told(self) -> dict[str, Any]:
        """The report as JSON knows it."""
        return {
            "signatures": [_plain(asdict(one)) for one in self.signatures],
            "reasons": [str(one) for one in self.reasons],
            "is_signed": self.is_signed,
        }


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Moments as text."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in facts.items()
    }


def report_of(told: Mapping[str, Any]) -> Report:
    """A report from what was told of it."""
    return Report(
        tuple(_signature(one) for one in told.get("signatures", ())),
        tuple(Reason(one) for one in told.get("reasons", ())),
        bool(told.get("is_signed")),
    )


def _signature(told: Mapping[str, Any]) -> Signature:
    """A signature from what was told of it."""
    return Signature(
        told["who"],
        told["issuer"],
        _moment(told["claimed_at"]),
        _moment(told["stamped_at"]),
        tuple(Reason(one) for one in told["reasons"]),
    )


def _moment(told: str | None) -> datetime | None:
    """A moment from its text."""
    return datetime.fromisoformat(told) if told else None
