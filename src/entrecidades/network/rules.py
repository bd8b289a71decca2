"""What the network refuses: no database, no clock, no request."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from entrecidades.accounts.roles import MandateRole
from entrecidades.kernel.editing import Merged, Units
from entrecidades.kernel.errors import Refusal
from entrecidades.network.choices import Confirmation, Kind, Stance


class NotAParty(Refusal):
    """The act belongs to the parties of a record, and the person acts for neither."""


class SaidAlready(Refusal):
    """What somebody would declare is on record already."""


class NotAllowed(Refusal):
    """The person's mandates do not allow the act for this body."""


class NotOpen(Refusal):
    """An invitation or a claim that can no longer be used."""


class LastAdmin(Refusal):
    """A body would be left without anybody who can invite."""


class NotOffered(Refusal):
    """A role that is not given in this way."""


def roles_offered(kind: str) -> list[MandateRole]:
    """The roles into which a body of a kind invites; oversight is the operator's to give.

    Examples
    --------
    >>> MandateRole.COORDINATOR in roles_offered(Kind.LOCAL_GOVERNMENT)
    False
    >>> MandateRole.COORDINATOR in roles_offered(Kind.ASSOCIATION)
    True
    """
    withheld = {MandateRole.OVERSEER}
    if kind != Kind.ASSOCIATION:
        withheld.add(MandateRole.COORDINATOR)
    return [role for role in MandateRole if role not in withheld]


def standing(said: Sequence[Stance | None]) -> Confirmation:
    """Where a record stands after what each of its sides has said of it, None for nothing yet.

    It is confirmed when every side says so, and disputed as soon as one says otherwise.

    Examples
    --------
    >>> standing([Stance.CONFIRMS, None]).value
    'one_side'
    >>> standing([Stance.CONFIRMS, Stance.DIFFERS]).value
    'disputed'
    """
    words = [stance for stance in said if stance is not None]
    if any(stance != Stance.CONFIRMS for stance in words):
        return Confirmation.DISPUTED
    if not words:
        return Confirmation.UNCONFIRMED
    return Confirmation.CONFIRMED if len(words) == len(said) else Confirmation.ONE_SIDE


class NothingSaid(Refusal):
    """An office without a title says nothing to its readers."""


class NotHerConsent(Refusal):
    """Somebody would be named who has not said herself that she may be."""


class Removed(Refusal):
    """The record was removed meanwhile."""


class EditedMeanwhile(Refusal):
    """Two people have changed the same; the one who saved second decides, unit by unit."""

    def __init__(self, message: str, *, merged: Merged, there: Units, version: int) -> None:
        super().__init__(message)
        self.merged, self.there, self.record_version = merged, there, version


def check_office(title: Mapping[str, str]) -> None:
    """Refuse an office without a title in any language."""
    if not any(words.strip() for words in title.values()):
        raise NothingSaid(_("Give the office a title in at least one language."))


def check_holder(holder: object, *, by: int) -> None:
    """Refuse to name somebody else: only the holder herself can agree to it."""
    if holder is not None and holder != by:
        raise NotHerConsent(_("Only the holder herself can agree to be named."))
