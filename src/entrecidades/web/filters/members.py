"""What the list of the members of an association can be asked, and in which orders it stands."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entrecidades.engines.folding import fold
from entrecidades.members.choices import Fact
from entrecidades.members.selectors import Member, MemberWish, members_wished
from entrecidades.web.filters.reading import Amount, Choice, Filters, Words, read_filters

#: Silent for longer than any day there was: those of whom nothing was ever heard.
EVER = 10**9
ORDERS: dict[str, Callable[[Member], Any]] = {
    "complete": lambda one: one.has,
    "name": lambda one: fold(one.name),
    "silent": lambda one: -(EVER if one.silent is None else one.silent),
    "agreements": lambda one: -one.agreements,
}


def read_member_filters(query: QueryDict, members: Sequence[Member]) -> Filters:
    """The filters of the list; it offers the regions in which there are members."""
    yes_no = [("yes", _("yes")), ("no", _("no"))]
    regions = {one.region: one.region_name for one in members if one.region}
    return read_filters(
        query,
        [
            Words("q", _("Name")),
            Choice("claimed", _("Somebody acts for it"), dict(yes_no)),
            Choice("complete", pgettext("profile", "Complete"), dict(yes_no)),
            Choice("agreement", _("Has an agreement in force"), dict(yes_no)),
            Choice("lacks", _("Its profile lacks"), {one.value: str(one.label) for one in Fact}),
            Amount("silent", _("Silent for so many days")),
            Choice(
                "region",
                _("State or region"),
                dict(sorted(regions.items(), key=lambda item: fold(item[1]))),
            ),
        ],
        tuple(ORDERS),
    )


def member_wish(filters: Filters) -> MemberWish:
    """The filters as a wish."""
    return MemberWish(
        name=filters.first("q"),
        regions=filters.all("region"),
        is_claimed=_either(filters, "claimed"),
        is_complete=_either(filters, "complete"),
        has_agreement=_either(filters, "agreement"),
        lacks=[Fact(value) for value in filters.all("lacks")],
        silent=filters.number("silent"),
    )


def members_found(members: Sequence[Member], filters: Filters) -> list[Member]:
    """The members that the filters ask for, in the order they ask for."""
    found = members_wished(members, member_wish(filters))
    return sorted(found, key=lambda one: (ORDERS[filters.sort](one), fold(one.name), one.key))


def _either(filters: Filters, name: str) -> bool | None:
    """One of the two answers; neither where both are wanted."""
    wanted = filters.all(name)
    return wanted == ["yes"] if len(wanted) == 1 else None
