"""Forms of a round of pairing: its two sides, and the numbers within which it is paired."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from entrecidades.calls.choices import PairSide
from entrecidades.calls.models import Call, Member, Round
from entrecidades.calls.rules.pairing import MOST_CAPACITY, MOST_PAIRS, Limit
from entrecidades.calls.selectors.rounds import (
    countries_accepted,
    countries_of_cities,
    limits_of,
    regions_of,
)
from entrecidades.network.choices import Kind
from entrecidades.network.countries import country_name
from entrecidades.network.models import Entity, Place
from entrecidades.network.naming import Meant, whom_do_you_mean

LONGEST = 200_000
SIDES = ("first", "second")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of a list, with how many it may be paired."""

    subject: Place | Entity
    capacity: int


class RoundNewForm(forms.Form):
    """Who stands on the two sides: applicants or cities of a country, members, a list."""

    title = forms.CharField(label=gettext_lazy("Title of the round"), max_length=200)

    def __init__(self, data: Any, *, call: Call | None) -> None:
        super().__init__(data)
        here = get_language()
        there = countries_accepted(call) if call else countries_of_cities()
        countries = [(code, country_name(code, here)) for code in there]
        of = _("%(side)s: accepted applicants of") if call else _("%(side)s: all cities of")
        groups = Entity.objects.filter(kind=Kind.ASSOCIATION).unmerged()
        grouped = groups.filter(members__isnull=False).distinct()
        named = [(str(one.public_id), one.name_in()) for one in grouped]
        labels = {"first": _("First side"), "second": _("Second side")}
        for number, side in enumerate(SIDES):
            self._add_side(side, {"side": labels[side]}, of, countries, named)
            if call and number < len(countries):
                self.initial[f"{side}_country"] = countries[number][0]

    def _add_side(
        self,
        side: str,
        said: dict[str, str],
        of: str,
        countries: list[tuple[str, str]],
        groups: list[tuple[str, str]],
    ) -> None:
        """The ways to say who stands on a side; what is said in several ways is added up."""
        nothing = ("", pgettext("country or group", "none"))
        self.fields[f"{side}_country"] = forms.ChoiceField(
            label=of % said,
            choices=[nothing, *countries],
            required=False,
        )
        self.fields[f"{side}_group"] = forms.ChoiceField(
            label=_("%(side)s: members of") % said,
            choices=[nothing, *groups],
            required=False,
        )
        self.fields[f"{side}_names"] = forms.CharField(
            label=_("%(side)s: by name") % said,
            help_text=_(
                "One in each line; how many partners it takes after a semicolon: “Recife; 2”."
            ),
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=LONGEST,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Look the names up; every line that means nobody is told."""
        facts = super().clean() or self.cleaned_data
        for side in SIDES:
            name = f"{side}_names"
            facts[name] = list(self._named(name, facts.get(name) or ""))
        return facts

    def _named(self, name: str, words: str) -> Iterable[Named]:
        """The bodies and places of a list."""
        for number, line in enumerate(words.splitlines(), 1):
            called, _sign, many = line.strip().partition(";")
            if not called.strip():
                continue
            meant = whom_do_you_mean(called)
            subject = meant.place or meant.entity
            if subject is None:
                self.add_error(name, _line(number, called, meant))
            elif many.strip() and not _fits(many.strip()):
                said = {"number": number, "most": MOST_CAPACITY}
                told = _("Line %(number)d: write how many from 0 to %(most)d.") % said
                self.add_error(name, told)
            else:
                yield Named(subject, int(many) if many.strip() else 1)


def _fits(words: str) -> bool:
    """Whether it is a number of partners."""
    return words.isascii() and words.isdigit() and len(words) < 4 and int(words) <= MOST_CAPACITY  # noqa: PLR2004


def _line(number: int, called: str, meant: Meant) -> str:
    """Why a line means nobody, with what it may mean."""
    ids = ", ".join(one.public_id for one in (*meant.candidates, *meant.nearest)[:3])
    said = {"number": number, "name": called.strip()[:60], "ids": ids}
    if meant.candidates:
        return _("Line %(number)d: several are called “%(name)s”; write one of: %(ids)s.") % said
    if ids:
        return _("Line %(number)d: nobody is called “%(name)s”; nearest: %(ids)s.") % said
    return _("Line %(number)d: nobody is called “%(name)s”.") % said


class OpeningForm(forms.Form):
    """The words in which the first contacts of some pairs are opened, and of which pairs."""

    pairs = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput)
    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Both cities of every pair read it. Why they suit stands beside it."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES
    )

    def __init__(self, data: Any = None, *, round_: Round) -> None:
        words = _(
            "In the programme “%(programme)s”, your two cities were paired. We propose that you "
            "get to know each other: accept this first contact, and write to each other about "
            "what you want to do together."
        ) % {"programme": round_.programme}
        super().__init__(data, initial={"message": words, "language": get_language()})

    def clean_pairs(self) -> list[int]:
        """The keys of the pairs."""
        keys = self.cleaned_data["pairs"].split(",")
        if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in keys):  # noqa: PLR2004
            raise ValidationError(_("Something is missing: look again."))
        return [int(one) for one in keys]

    def facts(self) -> dict[str, Any]:
        """What the act is told."""
        return {name: self.cleaned_data[name] for name in ("pairs", "message", "language")}


class LimitsForm(forms.Form):
    """How many pairs in all, of each region, and of each body that the page shows."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    most = forms.IntegerField(
        label=gettext_lazy("At most so many pairs in all"),
        min_value=0,
        max_value=MOST_PAIRS,
        required=False,
    )

    def __init__(
        self, data: Any, *, round_: Round, members: Iterable[Member], shown: Iterable[Member]
    ) -> None:
        known = {(one.side, one.region): one for one in limits_of(round_)}
        super().__init__(data, initial={"version": round_.version, "most": round_.most})
        self.regions = [
            (side, region) for side, names in regions_of(members).items() for region in names
        ]
        for number, key in enumerate(self.regions):
            limit = known.get(key)
            said = {"region": key[1], "side": PairSide(key[0]).label}
            self._add(f"least_{number}", _("%(region)s (%(side)s): at least") % said,
                      limit.least if limit and limit.least else None)  # fmt: skip
            self._add(f"most_{number}", _("%(region)s (%(side)s): at most") % said,
                      limit.most if limit else None)  # fmt: skip
        self.shown = list(shown)
        for one in self.shown:
            label = _("%(name)s: partners") % {"name": one.entity.name_in()}
            self._add(f"takes_{one.pk}", label, one.capacity, most=MOST_CAPACITY)

    def _add(self, name: str, label: str, initial: int | None, most: int = MOST_PAIRS) -> None:
        """A number that may be left out."""
        self.fields[name] = forms.IntegerField(
            label=label, min_value=0, max_value=most, required=False
        )
        self.initial[name] = initial

    def region_rows(self) -> list[dict[str, Any]]:
        """The fields of each region, as rows."""
        return [
            {
                "region": region,
                "side": PairSide(side).label,
                "least": self[f"least_{number}"],
                "most": self[f"most_{number}"],
            }
            for number, (side, region) in enumerate(self.regions)
        ]

    def member_rows(self) -> list[dict[str, Any]]:
        """The field of each body, as rows."""
        return [{"member": one, "takes": self[f"takes_{one.pk}"]} for one in self.shown]

    def limits(self) -> list[Limit]:
        """What was said of regions."""
        facts = self.cleaned_data
        return [
            Limit(side, region, facts.get(f"least_{at}") or 0, facts.get(f"most_{at}"))
            for at, (side, region) in enumerate(self.regions)
        ]

    def capacities(self) -> Mapping[int, int]:
        """What was said of bodies; an empty field leaves a body as it is."""
        facts = self.cleaned_data
        said = {one.pk: facts.get(f"takes_{one.pk}") for one in self.shown}
        return {key: number for key, number in said.items() if number is not None}
