"""The form of an offer or a need."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.practices.choices import Form, Side
from entrecidades.web.forms.fields import ThemesField, working_languages


def a_year_after(day: date) -> date:
    """The same day of the next year; after a leap day, the last of February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


class PracticeForm(forms.Form):
    """What a body does well, in its officer's own words."""

    entity = forms.ChoiceField(label=gettext_lazy("For whom"))
    themes = ThemesField(label=gettext_lazy("Themes"), help_text=gettext_lazy("One to three."))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=150,
        help_text=gettext_lazy("Ten words that a colleague abroad would search for."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Problem, solution and results"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=gettext_lazy("What it was about, what you did, and what has come of it."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of this text"), choices=settings.LANGUAGES
    )
    since_year = forms.IntegerField(
        label=gettext_lazy("Since which year"), required=False, min_value=1800, max_value=2100
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it, once it is published"),
        choices=[rung for rung in Visibility.choices if rung[0] != Visibility.PARTNER],
        initial=Visibility.PUBLIC,
        help_text=gettext_lazy("Our own body always does. You can change it at any time."),
    )

    def __init__(self, *args: Any, entities: list[Entity], **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.entities = {str(entity.public_id): entity for entity in entities}
        named = [(key, entity.name_in()) for key, entity in self.entities.items()]
        self.fields["entity"].choices = named  # type: ignore[attr-defined]
        self.fields["themes"].offer()  # type: ignore[attr-defined]

    def clean_entity(self) -> Entity:
        """The body itself."""
        return self.entities[self.cleaned_data["entity"]]


class PostingForm(forms.Form):
    """What a body offers or needs, in its officer's own words."""

    entity = forms.ChoiceField(label=gettext_lazy("For whom"))
    side = forms.ChoiceField(
        label=gettext_lazy("Offer or need"), choices=Side.choices, widget=forms.RadioSelect
    )
    themes = ThemesField(label=gettext_lazy("Themes"), help_text=gettext_lazy("One to three."))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=150,
        help_text=gettext_lazy("Ten words that a colleague abroad would search for."),
    )
    text = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of this text"), choices=settings.LANGUAGES
    )
    form = forms.MultipleChoiceField(
        label=gettext_lazy("In which form"),
        choices=Form.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you can work in"), widget=forms.CheckboxSelectMultiple
    )
    opens_on = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("It then leaves the board; you can renew it."),
    )

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it, once it is published"),
        choices=[rung for rung in Visibility.choices if rung[0] != Visibility.PARTNER],
        initial=Visibility.PUBLIC,
        help_text=gettext_lazy("Our own body always does. You can change it at any time."),
    )
    embargo_until = forms.DateField(
        label=gettext_lazy("Not before"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Until that day only our own body sees it."),
    )

    def __init__(self, *args: Any, entities: list[Entity], today: date, **options: Any) -> None:
        languages = [code for entity in entities for code in entity.languages]
        options["initial"] = {
            "opens_on": today,
            "expires_on": a_year_after(today),
            "language": get_language(),
            "languages": languages,
            **(options.get("initial") or {}),
        }
        super().__init__(*args, **options)
        self.entities = {str(entity.public_id): entity for entity in entities}
        named = [(key, entity.name_in()) for key, entity in self.entities.items()]
        self.fields["entity"].choices = named  # type: ignore[attr-defined]
        self.fields["languages"].choices = working_languages()  # type: ignore[attr-defined]
        self.fields["themes"].offer()  # type: ignore[attr-defined]

    def clean_entity(self) -> Entity:
        """The body itself."""
        return self.entities[self.cleaned_data["entity"]]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        opens, expires = facts.get("opens_on"), facts.get("expires_on")
        if opens and expires and expires < opens:
            self.add_error("expires_on", ValidationError(_("It cannot run out before it opens.")))
        return facts
