"""A pairing in words: what contradicts itself and how to mend it, why one is left, the proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entrecidades.engines.pairing import Contradiction, Rule, Why

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Mending:
    """What cannot be, and what to do."""

    says: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.says} {self.remedy}"


SAYS = {
    Rule.PIN_AND_FORBID: gettext_lazy("%(names)s must be paired and must not."),
    Rule.PINS_OVER_CAPACITY: gettext_lazy(
        "%(names)s is pinned to %(asked)s partners and takes %(possible)s."
    ),
    Rule.PINS_OVER_REGION: gettext_lazy(
        "The pins alone give %(names)s %(asked)s pairs, and it may have %(possible)s."
    ),
    Rule.PINS_OVER_TOTAL: gettext_lazy(
        "There are %(asked)s pins, and there may be %(possible)s pairs."
    ),
    Rule.LEAST_OVER_MOST: gettext_lazy(
        "%(names)s must have at least %(asked)s pairs, and at most %(possible)s."
    ),
    Rule.LEAST_OVER_TOTAL: gettext_lazy(
        "%(names)s must have %(asked)s pairs together, and there may be %(possible)s."
    ),
    Rule.LEAST_OUT_OF_REACH: gettext_lazy(
        "%(names)s must have at least %(asked)s pairs, and no more than %(possible)s are possible."
    ),
    Rule.LEAST_TOGETHER: gettext_lazy(
        "%(names)s cannot all have their least number at once: %(asked)s pairs are asked, "
        "%(possible)s are possible."
    ),
}
REMEDIES = {
    Rule.PIN_AND_FORBID: gettext_lazy("Take back one of the two."),
    Rule.PINS_OVER_CAPACITY: gettext_lazy("Take back a pin, or let it take more."),
    Rule.PINS_OVER_REGION: gettext_lazy("Take back a pin, or let the region have more."),
    Rule.PINS_OVER_TOTAL: gettext_lazy("Take back pins, or allow more pairs."),
    Rule.LEAST_OVER_MOST: gettext_lazy("Lower the least number, or raise the greatest."),
    Rule.LEAST_OVER_TOTAL: gettext_lazy("Lower the least numbers, or allow more pairs."),
    Rule.LEAST_OUT_OF_REACH: gettext_lazy(
        "Lower the number, let its cities take more, or take back what is forbidden to them."
    ),
    Rule.LEAST_TOGETHER: gettext_lazy("Lower one of the numbers, or let more be paired."),
}
LEFT = {
    Why.NO_CANDIDATE: gettext_lazy("nothing is known of how it suits anybody of the other side"),
    Why.FORBIDDEN: gettext_lazy("everybody whom it could have is forbidden to it"),
    Why.NOTHING_GAINED: gettext_lazy("no pair with it would be worth anything"),
    Why.LIMIT: gettext_lazy("as many pairs are made as may be, and the others are worth more"),
    Why.REGION_FULL: gettext_lazy("its region has as many pairs as it may have"),
    Why.OUTBID: gettext_lazy("all whom it could have are worth more, together, with others"),
}


def mending_of(one: Contradiction) -> Mending:
    """A contradiction as the person who has to mend it needs to hear it."""
    said = {
        "names": names_told(one.names),
        "asked": number_format(one.asked),
        "possible": number_format(one.possible),
    }
    return Mending(str(SAYS[one.rule]) % said, str(REMEDIES[one.rule]))


def names_told(names: Sequence[str]) -> str:
    """The first names of several, and how many more there are."""
    told = [f"“{name}”" for name in names[:SHOWN]]
    more = len(names) - SHOWN
    if more > 0:
        told.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    return ", ".join(told)


def proof_told(total: float, bound: float | None) -> str:
    """How sure it is that nothing better can be had."""
    if bound is None:
        return _("This is a first answer; how good it is is not known yet.")
    said = {"total": worth_told(total), "bound": worth_told(bound)}
    if bound <= total:
        return (
            _("Worth %(total)s together. No pairing within these limits is worth more: proven.")
            % said
        )
    return _(
        "Worth %(total)s together; none within these limits is worth more than %(bound)s."
    ) % (said)


def worth_told(number: float) -> str:
    """What a pairing is worth, as read."""
    return number_format(number, decimal_pos=2, force_grouping=True)
