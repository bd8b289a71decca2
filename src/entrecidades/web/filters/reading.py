"""The filters of a list, read from its address: what is understood is kept, the rest is named.

A list declares its parameters; `Filters` reads a query against them. A value
that makes no sense never breaks a page: it is left out, and a notice says so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold

#: Digits of the largest number a filter takes, and letters of the longest text.
DIGITS, LONGEST = 10, 100
#: How much of a refused value a notice repeats, and how many it names.
SHOWN, NAMED = 40, 5
#: What a list's address may carry beside its filters.
BESIDE = frozenset({"page", "sort"})
#: Filters whose values stand in the order of the reader: the first place sees the others.
IN_ORDER = frozenset({"place"})


class Parameter(Protocol):
    """One filter: its name in the address, its words, and what it makes of a value."""

    @property
    def name(self) -> str:
        """The name in the address."""

    @property
    def label(self) -> str:
        """The name among people."""

    def read(self, raw: str) -> str | None:
        """The value in its one spelling, or None when it makes no sense."""

    def words(self, value: str) -> str:
        """The value as the reader knows it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter that takes values from a list; ``options`` are values and their words."""

    name: str
    label: str
    options: Mapping[str, str]

    def read(self, raw: str) -> str | None:
        """The option whose value this is, in capital letters or not."""
        return next(
            (raw_ for raw_ in (raw, raw.upper(), raw.lower()) if raw_ in self.options), None
        )

    def words(self, value: str) -> str:
        """The option's words."""
        return str(self.options[value])


@dataclass(frozen=True, slots=True)
class Amount:
    """A filter that takes a whole number, zero or more."""

    name: str
    label: str

    def read(self, raw: str) -> str | None:
        """The number without leading zeros."""
        clean = raw.replace(" ", "")
        good = clean.isascii() and clean.isdigit() and len(clean) <= DIGITS
        return str(int(clean)) if good else None

    def words(self, value: str) -> str:
        """The number, grouped as the reader is used to."""
        return str(number_format(int(value), force_grouping=True))


@dataclass(frozen=True, slots=True)
class Words:
    """A filter that takes words."""

    name: str
    label: str

    def read(self, raw: str) -> str | None:
        """The words one blank apart; None when they are too long or hold no letter."""
        return " ".join(raw.split()) if len(raw) <= LONGEST and fold(raw) else None

    def words(self, value: str) -> str:
        """The words as they are."""
        return value


@dataclass(frozen=True, slots=True)
class Filters:
    """A query as a list understands it.

    ``chosen`` holds the values of each filter in the order of the address;
    ``refused`` the parameters that were left out, with what they said.
    """

    parameters: Mapping[str, Parameter]
    chosen: dict[str, list[str]] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    sort: str = ""
    default_sort: str = ""

    def all(self, name: str) -> list[str]:
        """Every value of a filter."""
        return self.chosen.get(name, [])

    def first(self, name: str) -> str:
        """The first value of a filter, or nothing."""
        return next(iter(self.all(name)), "")

    def number(self, name: str) -> int | None:
        """The value of a filter that takes numbers."""
        return int(self.first(name)) if self.first(name) else None

    def query(self, *, without: tuple[str, str] | None = None, **more: str) -> str:
        """The filters as a query string, in one order whatever the address was."""
        pairs = [
            (name, value)
            for name in self.parameters
            for value in (self.all(name) if name in IN_ORDER else sorted(self.all(name)))
            if (name, value) != without
        ]
        if self.sort != self.default_sort:
            pairs.append(("sort", self.sort))
        return urlencode([*pairs, *more.items()])

    def chips(self, *, besides: Collection[str] = ()) -> Iterator[dict[str, str]]:
        """The filters in use, each with the query that is left without it.

        ``besides`` names those that the page shows in another way.
        """
        for name in (one for one in self.parameters if one not in besides):
            parameter = self.parameters[name]
            for value in self.all(name):
                left = self.query(without=(name, value))
                yield {
                    "label": parameter.label,
                    "value": parameter.words(value),
                    "remove_url": f"?{left}",
                }

    @property
    def notice(self) -> str:
        """What was left out, for the reader; empty when all was understood."""
        if not self.refused:
            return ""
        named = ", ".join(f"{name} = “{value}”" for name, value in self.refused[:NAMED])
        text = _("Not understood, and left out of the list: %(parameters)s.")
        return text % {"parameters": named}


def read_filters(
    query: QueryDict, parameters: Sequence[Parameter], sorts: Sequence[str] = ("",)
) -> Filters:
    """Read a query; empty values say nothing, the first of ``sorts`` is the default order."""
    filters = Filters({one.name: one for one in parameters}, sort=sorts[0], default_sort=sorts[0])
    chosen, refused = filters.chosen, filters.refused
    sort = sorts[0]
    for name, values in query.lists():
        given = [value for value in map(str.strip, values) if value]
        if name == "sort" and given:
            sort = given[-1] if given[-1] in sorts else sort
            refused += [] if given[-1] in sorts else [_told(name, given[-1])]
        elif name not in BESIDE:
            parameter = filters.parameters.get(name)
            for value in given:
                good = parameter.read(value) if parameter else None
                if good is None:
                    refused.append(_told(name, value))
                elif good not in chosen.setdefault(name, []):
                    chosen[name].append(good)
    return Filters(filters.parameters, chosen, refused, sort, sorts[0])


def _told(name: str, value: str) -> tuple[str, str]:
    """A refused parameter, short enough for a notice and without what cannot be seen."""

    def short(text: str) -> str:
        seen = "".join(sign if sign.isprintable() else "�" for sign in text)
        return seen if len(seen) <= SHOWN else f"{seen[:SHOWN]}…"

    return short(name), short(value)
