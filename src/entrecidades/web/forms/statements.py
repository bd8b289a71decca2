"""The forms in which a side says what it has to say of a record, and declares a new one."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.network.choices import Stance
from entrecidades.network.models import Confirmable, Entity, Place
from entrecidades.network.naming import whom_do_you_mean

LABELS = {
    "first_year": gettext_lazy("Partners since the year"),
    "valid_from": gettext_lazy("Since the day"),
    "valid_to": gettext_lazy("Until the day"),
}
FIRST_YEAR, LAST_YEAR = 1800, 2100


class SpeakerForm(forms.Form):
    """A form in which somebody speaks for one of the bodies she may speak for."""

    entity = forms.ChoiceField(label=gettext_lazy("For whom"))

    def __init__(self, *args: Any, speakers: list[Entity], **options: Any) -> None:
        super().__init__(*args, **options)
        self.speakers = {str(body.public_id): body for body in speakers}
        named = [(key, body.name_in()) for key, body in self.speakers.items()]
        self.fields["entity"].choices = named  # type: ignore[attr-defined]
        if len(named) == 1:
            self.fields["entity"].initial = named[0][0]

    def clean_entity(self) -> Entity:
        """The body itself."""
        return self.speakers[self.cleaned_data["entity"]]


class StatementForm(SpeakerForm):
    """So it is, so it is not, or otherwise."""

    stance = forms.ChoiceField(
        label=gettext_lazy("What do you say?"), choices=Stance.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who sees the record reads this."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of this text"), choices=settings.LANGUAGES
    )

    def __init__(self, *args: Any, record: Confirmable, **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.said = record.SAID
        for name in reversed(record.SAID):
            self.fields[name] = _field_of(name)
        self.order_fields(["entity", "stance", *record.SAID, "note", "language"])

    def clean(self) -> dict[str, Any]:
        """Gather what is said to be different."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        facts["otherwise"] = {name: facts.pop(name, None) for name in self.said}
        return facts


def _field_of(name: str) -> forms.Field:
    """A field for what a side says instead: a year or a day."""
    if name == "first_year":
        return _year()
    return forms.DateField(
        label=LABELS[name],
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Only if it is different from what is recorded."),
    )


def _year() -> forms.IntegerField:
    """A year in which a partnership can have begun."""
    return forms.IntegerField(
        label=LABELS["first_year"],
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=gettext_lazy("Only if it is different from what is recorded."),
    )


class DeclarationForm(SpeakerForm):
    """A partnership that no list knows."""

    partner = forms.CharField(
        label=gettext_lazy("Partner city"),
        max_length=100,
        help_text=gettext_lazy("Its name, or its short address such as br/curitiba."),
    )
    first_year = forms.IntegerField(
        label=LABELS["first_year"], required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    def clean_partner(self) -> Place:
        """The place that is meant; an unclear name is answered with those it may mean."""
        words = self.cleaned_data["partner"]
        meant = whom_do_you_mean(words)
        if meant.place:
            return meant.place
        near = [place.public_id for place in [*meant.candidates, *meant.nearest][:5]]
        if near:
            message = _("Which one do you mean? Write one of these: %(near)s.")
            raise ValidationError(message % {"near": ", ".join(near)})
        raise ValidationError(_("No city of this name is known here."))
