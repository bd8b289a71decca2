"""The forms of the call builder; a draft may be wrong in any way, so few of them refuse."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.calls.models import Call
from entrecidades.calls.rules.building import check_zone
from entrecidades.kernel.clock import NoSuchMinute, moment_by
from entrecidades.kernel.editing import Units
from entrecidades.network.choices import Kind, Tier
from entrecidades.network.countries import clock_city, country_name
from entrecidades.network.models import Country, Entity

#: Clocks by which calls of the programmes are told; a call keeps any other that it has.
ZONES = (
    *("America/Sao_Paulo", "Africa/Maputo", "Europe/Paris", "Europe/Rome", "Europe/Lisbon"),
    *("America/New_York", "America/Los_Angeles", "UTC"),
)
CURRENCIES = ("BRL", "EUR", "MZN", "USD")
MINUTE = "%Y-%m-%dT%H:%M"


class DayField(forms.DateField):
    """A day, chosen from the browser's calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MinuteField(forms.CharField):
    """A minute by the clock of the call; the clock is chosen beside it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)

    def clean(self, value: Any) -> datetime | None:
        """The minute, without its zone."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return datetime.strptime(words[:16], MINUTE)  # noqa: DTZ007 (the zone is asked beside)
        except ValueError:
            raise forms.ValidationError(_("Write a day and a time.")) from None


class ZoneField(forms.ChoiceField):
    """By which clock: one of those offered, or any other that there is."""

    def validate(self, value: Any) -> None:
        """Refuse a clock that there is not, as the rule of the calls does."""
        super(forms.ChoiceField, self).validate(value)
        check_zone(value)


class CallNewForm(forms.Form):
    """The title of a new call, in the first of its languages."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    copy = forms.ChoiceField(
        label=gettext_lazy("Begin from an earlier call"),
        required=False,
        help_text=gettext_lazy("Its rules, questions and texts are copied; its days are not."),
    )

    def __init__(self, *args: Any, earlier: Sequence[Call], **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        choices = [("", _("from nothing")), *((one.slug, str(one)) for one in earlier)]
        self.fields["copy"].choices = choices  # type: ignore[attr-defined]
        if not earlier:
            del self.fields["copy"]


class BasicsForm(forms.Form):
    """When, who, how much, and how it is judged."""

    opens_at = MinuteField(label=gettext_lazy("Opens"), required=False)
    closes_at = MinuteField(label=gettext_lazy("Closes"), required=False)
    zone = ZoneField(label=gettext_lazy("By the clock of"))
    reads_until = DayField(label=gettext_lazy("Applications are read until"), required=False)
    decides_on = DayField(label=gettext_lazy("Decisions are expected on"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("The call speaks"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_joint = forms.BooleanField(
        label=gettext_lazy("Bodies of different countries apply together"), required=False
    )
    per_body = forms.IntegerField(
        label=gettext_lazy("Applications in which one body may take part"),
        min_value=1,
        max_value=50,
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Open to bodies of"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None chosen: open to every country."),
    )
    tiers = forms.MultipleChoiceField(
        label=gettext_lazy("Open to these tiers"),
        choices=Tier.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    member_of = forms.ChoiceField(label=gettext_lazy("Only members of"), required=False)
    profile_days = forms.IntegerField(
        label=gettext_lazy("Profile looked at within so many days"),
        required=False,
        min_value=1,
        max_value=3650,
    )
    report_filed = forms.BooleanField(
        label=gettext_lazy("No report of the body is overdue"), required=False
    )
    readers = forms.IntegerField(
        label=gettext_lazy("Readers of each application"), min_value=1, max_value=9
    )
    scale = forms.IntegerField(label=gettext_lazy("Highest score"), min_value=2, max_value=100)
    spread = forms.DecimalField(
        label=gettext_lazy("A third reads when the readers are further apart than"),
        min_value=Decimal(0),
        max_digits=5,
        decimal_places=2,
    )
    bars_country = forms.BooleanField(
        label=gettext_lazy("Nobody reads what is of her own country"), required=False
    )
    hides_bodies = forms.BooleanField(
        label=gettext_lazy("Readers do not see who applies"), required=False
    )
    ceiling_amount = forms.DecimalField(
        label=gettext_lazy("Most money for one application"),
        required=False,
        max_digits=14,
        decimal_places=2,
        min_value=Decimal(0),
    )
    ceiling_currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        required=False,
        choices=[("", "–"), *((code, code) for code in CURRENCIES)],
    )
    ceiling_pairs = forms.IntegerField(
        label=gettext_lazy("Most applications accepted"),
        required=False,
        min_value=1,
        max_value=30_000,
    )

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        options.setdefault("initial", _initial(call))
        super().__init__(*args, **options)
        zones = dict.fromkeys([call.clock.key, *ZONES])
        choices = [(zone, clock_city(zone, get_language())) for zone in zones]
        self._offer("zone", choices)
        chosen = call.eligibility.get("countries") or []
        self._offer("countries", _countries(call, chosen))
        for name in ("opens_at", "closes_at", "languages"):
            self.fields[name].wanted = True  # type: ignore[attr-defined]
        groups = Entity.objects.filter(kind=Kind.ASSOCIATION).order_by("name")
        named = [(str(one.public_id), one.name_in()) for one in groups.prefetch_related("names")]
        self._offer("member_of", [("", "–"), *named])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What one of the fields lets choose from."""
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Moments by the clock that was chosen; those that it never shows are refused."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("opens_at", "closes_at"):
            if "zone" in facts and facts.get(name):
                try:
                    facts[name] = moment_by(ZoneInfo(facts["zone"]), facts[name])
                except NoSuchMinute as refusal:
                    self.add_error(name, refusal)
        return facts

    def said(self) -> Units:
        """What was written, as units of a call."""
        facts = dict(self.cleaned_data)
        conditions = ("countries", "tiers", "member_of", "profile_days", "report_filed")
        eligibility = {name: facts.pop(name) for name in conditions}
        told: dict[str, Any] = {
            "eligibility": {k: v for k, v in eligibility.items() if v not in (None, "", [], False)}
        }
        return told | {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    """A value as JSON knows it, as the call itself tells it."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def _initial(call: Call) -> dict[str, Any]:
    """What the form begins with."""
    told = {name: getattr(call, name) for name in Call.EDITED if name in BasicsForm.base_fields}
    told["zone"] = call.clock.key
    for name in ("opens_at", "closes_at"):
        moment = getattr(call, name)
        told[name] = moment.astimezone(call.clock).strftime(MINUTE) if moment else ""
    return told | dict(call.eligibility)


def _countries(call: Call, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """The countries a call may be opened to: those of its programme and of the mission first."""
    codes = {*call.programme.coordinations.values_list("country", flat=True), *chosen}
    if relation := call.programme.relation:
        codes |= {relation.one_id, relation.other_id}
    mission = ("BR", "MZ", "FR", "IT", "US")
    known = Country.objects.filter(code__in={*codes, *mission})
    here = get_language()
    return [(one.code, country_name(one.code, here)) for one in known.order_by("code")]


class TextsForm(forms.Form):
    """What a call says in one language."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    summary = forms.CharField(
        label=gettext_lazy("In short"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=gettext_lazy("At length"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("A blank line begins a paragraph."),
    )
    checked = forms.BooleanField(
        label=gettext_lazy("Somebody who speaks it has read this over"), required=False
    )

    def __init__(self, *args: Any, call: Call, language: str, **options: Any) -> None:
        names = ("title", "summary", "text")
        begin: dict[str, Any] = {name: getattr(call, name).get(language, "") for name in names}
        begin["checked"] = language in call.checked
        options.setdefault("initial", begin)
        super().__init__(*args, **options)
        self.call, self.language = call, language
        for name in names:
            self.fields[name].widget.attrs["lang"] = language
            self.fields[name].wanted = True  # type: ignore[attr-defined]

    def said(self) -> Units:
        """What was written, as units of a call."""
        facts = self.cleaned_data
        told = {f"{name}.{self.language}": facts[name] for name in ("title", "summary", "text")}
        others = [code for code in self.call.checked if code != self.language]
        return {**told, "checked": [*others, self.language] if facts["checked"] else others}
