"""The forms in which a project and its parts are edited, together with others who edit them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from entrecidades.network.models import Place
from entrecidades.projects.choices import Direction, ProjectKind
from entrecidades.projects.models.parts import number_of
from entrecidades.projects.selectors import parties_of
from entrecidades.web.forms.editing import EditForm
from entrecidades.web.forms.fields import ThemesField
from entrecidades.web.forms.projects import currency_field
from entrecidades.web.forms.records import day_field, line_in, paragraphs_in


class PlacesField(forms.MultipleChoiceField):
    """The places of a project: those it has and the seats of those who take part."""

    widget = forms.CheckboxSelectMultiple


class NumbersForm(EditForm):
    """A part with numbers, which are told as they are written."""

    def value_of(self, name: str, cleaned: Any) -> Any:
        """A number without zeros that say nothing."""
        if isinstance(cleaned, Decimal):
            return number_of(cleaned)
        return super().value_of(name, cleaned)


class ProjectEditForm(EditForm):
    """A project's own words, themes, places and days."""

    TEXTS = {
        "title": line_in(gettext_lazy("Title"), 150),
        "summary": paragraphs_in(gettext_lazy("What is done")),
    }
    kind = forms.ChoiceField(label=gettext_lazy("Project or action"), choices=ProjectKind.choices)
    themes = ThemesField(label=gettext_lazy("Themes"), help_text=gettext_lazy("One to three."))
    places = PlacesField(label=gettext_lazy("Where"), required=False)
    planned_from = day_field(gettext_lazy("Planned to begin"))
    planned_to = day_field(gettext_lazy("Planned to end"))
    actual_from = day_field(gettext_lazy("Began"))
    actual_to = day_field(pgettext_lazy("project", "Ended"))

    def prepare(self, name: str, field: Any) -> None:
        """Offer the places it has, and where its parties have their seats."""
        if name == "places":
            record: Any = self.record
            seats = parties_of(record).exclude(seat=None).values("seat")
            places = {*record.places.all(), *Place.objects.filter(pk__in=seats)}
            offered = sorted(places, key=lambda place: place.name)
            field.choices = [
                (str(place.pk), f"{place.name}, {place.country_id}") for place in offered
            ]

    def value_of(self, name: str, cleaned: Any) -> Any:
        """Places are told by their keys."""
        if name == "places":
            return sorted(int(key) for key in cleaned or [])
        return super().value_of(name, cleaned)

    def raw(self, name: str, value: Any) -> Any:
        """Keys as the boxes carry them."""
        if name == "places":
            return [str(key) for key in value or []]
        return super().raw(name, value)

    def told(self, name: str, value: Any) -> str:
        """Places by their names."""
        if name == "places" and value:
            return super().told(name, [str(key) for key in value])
        return super().told(name, value)


class MilestoneEditForm(EditForm):
    """A milestone."""

    TEXTS = {"title": line_in(gettext_lazy("What is to be done"), 150)}
    starts_on = day_field(gettext_lazy("From"))
    due_on = forms.DateField(
        label=gettext_lazy("Due"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    done_on = day_field(pgettext_lazy("milestone", "Done"))


class BudgetEditForm(NumbersForm):
    """A line of the budget."""

    TEXTS = {"title": line_in(gettext_lazy("What for"), 150)}
    payer = forms.ChoiceField(label=gettext_lazy("Who pays"), required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=16, decimal_places=2, min_value=0
    )
    spent = forms.DecimalField(
        label=gettext_lazy("Spent so far"),
        max_digits=16,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    currency = currency_field()
    first_on = day_field(gettext_lazy("From"))
    last_on = day_field(gettext_lazy("To"))

    def prepare(self, name: str, field: Any) -> None:
        """Offer the parties of the project."""
        if name == "payer":
            record: Any = self.record
            named = [(str(body.pk), body.name_in()) for body in parties_of(record.project)]
            field.choices = [("", "–"), *named]

    def value_of(self, name: str, cleaned: Any) -> Any:
        """Who pays is told by its key."""
        value = super().value_of(name, cleaned)
        return int(value) if name == "payer" and value else value


class IndicatorEditForm(NumbersForm):
    """An indicator."""

    TEXTS = {
        "title": line_in(gettext_lazy("What is measured"), 150),
        "result": line_in(gettext_lazy("For which result"), 200),
    }
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=60)
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=Direction.choices)
    baseline = forms.DecimalField(
        label=gettext_lazy("Baseline"), max_digits=18, decimal_places=4, required=False
    )
    baseline_on = day_field(gettext_lazy("Measured on"))
    target = forms.DecimalField(label=gettext_lazy("Target"), max_digits=18, decimal_places=4)
    target_on = day_field(gettext_lazy("To be reached by"))


class ForewordForm(EditForm):
    """The foreword of an annual report; everything else in it is gathered."""

    TEXTS = {"foreword": paragraphs_in(gettext_lazy("Foreword"))}
