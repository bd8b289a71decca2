"""The form of each kind of record that a body's people edit."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.network.countries import language_name
from entrecidades.network.selectors import names_of
from entrecidades.practices.choices import Form
from entrecidades.web.forms.editing import EditForm
from entrecidades.web.forms.fields import WORKING, ThemesField


def line_in(label: Any, length: int) -> Any:
    """A maker of fields for one line of a text, in a language."""

    def field(language: str) -> forms.Field:
        return forms.CharField(label=f"{label} ({language})", max_length=length, required=False)

    return field


def paragraphs_in(label: Any) -> Any:
    """A maker of fields for a longer text, in a language."""

    def field(language: str) -> forms.Field:
        widget = forms.Textarea(attrs={"rows": 7})
        words = f"{label} ({language})"
        return forms.CharField(label=words, max_length=4000, required=False, widget=widget)

    return field


def day_field(label: Any) -> forms.DateField:
    """A field for a day that may stay empty."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def language_boxes(label: Any) -> forms.MultipleChoiceField:
    """A field for languages; which are offered is said by the form."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, required=False, widget=widget)


def form_boxes(label: Any) -> forms.MultipleChoiceField:
    """A field for the forms of sharing."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=Form.choices, widget=widget)


class _WithLanguages(EditForm):
    """A record that names languages: the working ones are offered, and those it names."""

    def prepare(self, name: str, field: Any) -> None:
        """Offer the languages."""
        if name == "languages":
            here = get_language()
            codes = dict.fromkeys([*WORKING, *self.was.get("languages", [])])
            field.choices = [(code, language_name(code, here)) for code in codes]


class PostingEditForm(_WithLanguages):
    """An offer or a need."""

    TEXTS = {
        "title": line_in(gettext_lazy("Title"), 150),
        "text": paragraphs_in(gettext_lazy("What it is about")),
    }
    themes = ThemesField(label=gettext_lazy("Themes"), help_text=gettext_lazy("One to three."))
    forms = form_boxes(gettext_lazy("In which form"))
    languages = language_boxes(gettext_lazy("Languages you can work in"))
    opens_on = day_field(gettext_lazy("From"))
    expires_on = day_field(gettext_lazy("Until"))


class PracticeEditForm(EditForm):
    """A practice."""

    TEXTS = {
        "title": line_in(gettext_lazy("Title"), 150),
        "summary": paragraphs_in(gettext_lazy("Problem, solution and results")),
    }
    themes = ThemesField(label=gettext_lazy("Themes"), help_text=gettext_lazy("One to three."))
    since_year = forms.IntegerField(
        label=gettext_lazy("Since which year"), required=False, min_value=1800, max_value=2100
    )


class ProfileForm(_WithLanguages):
    """What a body says of itself; what official lists say of it is not asked here."""

    TEXTS = {"names": line_in(gettext_lazy("Name"), 300)}
    LANGUAGES = WORKING
    name = forms.CharField(label=gettext_lazy("The name it bears itself"), max_length=300)
    acronym = forms.CharField(label=gettext_lazy("Acronym"), max_length=40, required=False)
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")
    languages = language_boxes(gettext_lazy("Languages"))


class OfficeForm(EditForm):
    """An office: the body's, whoever holds it; only the holder herself agrees to be named."""

    TEXTS = {"title": line_in(gettext_lazy("Title of the office"), 150)}
    contact_email = forms.EmailField(
        label=gettext_lazy("E-mail address of the office"),
        required=False,
        help_text=gettext_lazy("Of the office, not of a person: everybody can read it."),
    )
    valid_from = day_field(gettext_lazy("From"))
    valid_to = day_field(gettext_lazy("Until"))
    holder = forms.ChoiceField(
        label=gettext_lazy("Who is named as its holder"),
        required=False,
        help_text=gettext_lazy("Only the holder herself can agree to be named."),
    )

    def prepare(self, name: str, field: Any) -> None:
        """Offer nobody, who is named now, and the editor herself."""
        if name == "holder":
            named = self.was.get("holder")
            names = names_of([named])
            people = {named: names.get(named)} if named else {}
            mine = _("I hold it, and may be named: %(name)s") % {"name": self.editor.name or "?"}
            people |= (
                {self.editor.pk: mine} if named != self.editor.pk and self.editor.name else {}
            )
            nobody = ("", _("nobody is named"))
            field.choices = [nobody, *((str(key), words or "?") for key, words in people.items())]

    def value_of(self, name: str, cleaned: Any) -> Any:
        """A holder is told by her number."""
        value = super().value_of(name, cleaned)
        return int(value) if name == "holder" and value else value


class OfficeNewForm(forms.Form):
    """An office that is not entered yet; the rest is asked when it is there."""

    title = forms.CharField(label=gettext_lazy("Title of the office"), max_length=150)
