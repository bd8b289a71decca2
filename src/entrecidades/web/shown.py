"""What an editor was shown, signed and given along with her form.

What she began from must come back with her answer: by then the record may say something else,
and who changed it need not have told. It is signed, so that nobody can say to have seen what she
did not, and it is of one record only. What cannot be read counts as not known: then every
difference is put before her (docs/adr/0029).
"""

from dataclasses import dataclass, field
from typing import Any

from django.core import signing

from entrecidades.kernel.versions import Versioned
from entrecidades.network.rules import EditedMeanwhile
from entrecidades.network.services import Seen

SALT = "entrecidades.web.shown"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the editor was shown; on the page of a comparison, also what she was asked to settle.

    ``asked`` are the disputed units with what both began from, ``since`` the version they began
    from; ``known`` is False where nobody knows it.
    """

    seen: Seen
    asked: dict[str, Any] = field(default_factory=dict)
    since: int = 0
    known: bool = True


def shown_now(record: Versioned) -> Shown:
    """What a form begins from: the record as it is."""
    return Shown(Seen(record.version, record.units()), since=record.version)


def shown_beside(meanwhile: EditedMeanwhile, shown: Shown) -> Shown:
    """What a comparison shows: she now begins from what stood there when the two were compared.

    Not from what may have been written since: her next answer meets that, too.
    """
    return Shown(
        Seen(meanwhile.record_version, meanwhile.there),
        {clash.unit: clash.was for clash in meanwhile.merged.clashes},
        shown.since,
        known=shown.seen.units is not None,
    )


def seal(record: Versioned, shown: Shown) -> str:
    """What was shown, as a form carries it."""
    told = {
        "of": _name(record),
        "version": shown.seen.version,
        "units": shown.seen.units,
        "asked": shown.asked,
        "since": shown.since,
        "known": shown.known,
    }
    return signing.dumps(told, salt=SALT, compress=True)


def unseal(text: str, record: Versioned) -> Shown:
    """What was shown; nothing is known where the seal is broken or of another record."""
    try:
        told = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        told = {}
    if told.get("of") != _name(record):
        return Shown(Seen(0, None), known=False)
    seen = Seen(told["version"], told["units"])
    return Shown(seen, told["asked"], told["since"], told["known"])


def _name(record: Versioned) -> str:
    """One record among all."""
    return f"{record._meta.label}:{record.pk}"
