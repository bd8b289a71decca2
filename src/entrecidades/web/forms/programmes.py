"""The forms in which a programme is made, edited, and followed by its next edition."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entrecidades.network.models import Entity
from entrecidades.themes.models import Theme
from entrecidades.themes.selectors import theme_tree
from entrecidades.web.forms.editing import EditForm
from entrecidades.web.forms.projects import InOneLanguage, NamedField, language_field
from entrecidades.web.forms.records import day_field, line_in, paragraphs_in
from entrecidades.web.forms.statements import SpeakerForm


class CoordinatorField(NamedField):
    """An association or another body, by its name, acronym or short address."""

    def clean(self, value: Any) -> Entity | None:
        """The body that is meant; None where nothing was written."""
        words = str(value or "").strip()
        is_short = 0 < len(words) <= (self.max_length or 0)  # what is longer is refused below
        known = list(Entity.objects.filter(acronym__iexact=words)[:2]) if is_short else []
        found = known[0] if len(known) == 1 else super().clean(value)
        if found is not None and not isinstance(found, Entity):
            raise ValidationError(_("No body of this name is known here."))
        return found


def coordinator_field(label: Any, **options: Any) -> CoordinatorField:
    """A field for a body that may coordinate."""
    hint = gettext_lazy("Its name, its acronym, or its short address such as it/anci.")
    return CoordinatorField(label=label, max_length=100, help_text=hint, **options)


class ProgrammeNewForm(InOneLanguage, SpeakerForm):
    """Enough to begin a programme; axes and texts come after it."""

    name = forms.CharField(label=gettext_lazy("Name of the programme"), max_length=200)
    language = language_field()
    begins_on = day_field(gettext_lazy("Begins"))
    ends_on = day_field(gettext_lazy("Ends"))
    partner = coordinator_field(
        gettext_lazy("Who is asked to coordinate it in the other country"),
        required=False,
    )


class EditionForm(InOneLanguage):
    """The next edition of a programme: what is new about it."""

    name = forms.CharField(label=gettext_lazy("Name of the new edition"), max_length=200)
    language = language_field()
    begins_on = day_field(gettext_lazy("Begins"))
    ends_on = day_field(gettext_lazy("Ends"))
    asks = forms.BooleanField(
        label=gettext_lazy("Ask those who coordinate this edition to coordinate the next one"),
        required=False,
        initial=True,
    )


class CoordinatorForm(forms.Form):
    """The body that is asked to coordinate a programme."""

    entity = coordinator_field(gettext_lazy("Body"))


class ProgrammeForm(EditForm):
    """A programme's own words and days."""

    TEXTS = {
        "name": line_in(gettext_lazy("Name"), 200),
        "purposes": paragraphs_in(gettext_lazy("What for, one purpose a line")),
    }
    begins_on = day_field(gettext_lazy("Begins"))
    ends_on = day_field(gettext_lazy("Ends"))
    since_year = forms.IntegerField(
        label=gettext_lazy("Since the year"),
        required=False,
        min_value=1900,
        max_value=2200,
        help_text=gettext_lazy("Of the first edition."),
    )


class ThemesInBoxes(forms.MultipleChoiceField):
    """Themes as boxes under their headings; as many as an axis needs."""

    widget = forms.CheckboxSelectMultiple


def themes_in_boxes() -> ThemesInBoxes:
    """A field for the themes of an axis, which the form offers."""
    return ThemesInBoxes(label=gettext_lazy("Themes"))


def _boxes() -> list[tuple[str, list[tuple[str, str]]]]:
    """The tree as boxes: each heading with itself as a whole, and what is under it."""
    return [
        (str(branch.axis), [(str(one.pk), str(one)) for one in (branch.axis, *branch.themes)])
        for branch in theme_tree()
    ]


class AxisNewForm(InOneLanguage):
    """A new axis: its name in one language, and its themes."""

    label = forms.CharField(label=gettext_lazy("Name of the axis"), max_length=150)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    themes = themes_in_boxes()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["themes"].choices = _boxes()  # type: ignore[attr-defined]

    def chosen(self) -> Iterable[Theme]:
        """The themes that were ticked."""
        return Theme.objects.filter(pk__in=self.cleaned_data["themes"])


class AxisForm(EditForm):
    """An axis: its name in each language, where it stands, and its themes."""

    TEXTS = {"label": line_in(gettext_lazy("Name of the axis"), 150)}
    position = forms.IntegerField(
        label=gettext_lazy("Place in the order"), min_value=0, max_value=100
    )
    themes = themes_in_boxes()

    def prepare(self, name: str, field: Any) -> None:
        """Offer the themes."""
        if name == "themes":
            field.choices = _boxes()

    def value_of(self, name: str, cleaned: Any) -> Any:
        """Themes are told by their keys."""
        if name == "themes":
            return sorted(int(key) for key in cleaned or [])
        return super().value_of(name, cleaned)

    def raw(self, name: str, value: Any) -> Any:
        """Keys as the boxes carry them."""
        return [str(key) for key in value or []] if name == "themes" else super().raw(name, value)


def name_in(form: forms.Form, field: str = "name") -> dict[str, str]:
    """A text that was written in one language."""
    return {form.cleaned_data["language"]: form.cleaned_data[field].strip()}
