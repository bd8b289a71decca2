"""The forms of those who apply: with whom, and one question at a time."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.calls.choices import QuestionKind
from entrecidades.calls.rules.answers import limit_of
from entrecidades.calls.rules.building import words_of
from entrecidades.kernel.text import pick
from entrecidades.network.models import Entity
from entrecidades.web.forms.fields import ThemesField


class ApplyForm(forms.Form):
    """Who applies, and under what title."""

    lead = forms.ChoiceField(label=gettext_lazy("For whom you apply"))
    title = forms.CharField(
        label=gettext_lazy("Title of what you would do together"), max_length=200
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language in which you write"), choices=settings.LANGUAGES
    )
    partner = forms.CharField(
        label=gettext_lazy("Partner abroad"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Name or short address, such as “it/turin”. You can ask it later."),
    )

    def __init__(self, *args: Any, leads: Sequence[Entity], **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.leads = {str(one.public_id): one for one in leads}
        self.fields["lead"].choices = [  # type: ignore[attr-defined]
            (key, f"{one.name_in()} ({one.country})") for key, one in self.leads.items()
        ]

    def clean_lead(self) -> Entity:
        """The body itself."""
        return self.leads[self.cleaned_data["lead"]]


def answer_field(question: dict[str, Any]) -> forms.Field:
    """The field that a question is answered in; nothing is required of a draft yet."""
    field = _field(question)
    field.wanted = question.get("is_required", False)  # type: ignore[attr-defined]
    return field


def _field(question: dict[str, Any]) -> forms.Field:
    """The field of a question by its kind."""
    said: dict[str, Any] = {
        "label": words_of(question),
        "required": False,
        "help_text": pick(question.get("help") or {}).words,
    }
    kind = question["kind"]
    if kind == QuestionKind.CHOICE:
        offered = [(one["key"], pick(one["label"]).words) for one in question.get("choices") or []]
        return forms.ChoiceField(choices=offered, widget=forms.RadioSelect, **said)
    if kind == QuestionKind.THEMES:
        themes = ThemesField(**said)
        themes.offer()
        return themes
    if kind in {QuestionKind.NUMBER, QuestionKind.BUDGET}:
        numeric = forms.TextInput(attrs={"inputmode": "decimal"})
        return forms.CharField(max_length=40, widget=numeric, **said)
    limit = limit_of(question)
    hint = _("Up to %(limit)s characters.") % {"limit": limit}
    said["help_text"] = f"{said['help_text']} {hint}".strip()
    rows = 4 if limit <= 400 else 10  # noqa: PLR2004 (a short text is short on the page)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **said)


class AnswerForm(forms.Form):
    """One question."""

    def __init__(
        self, *args: Any, question: dict[str, Any], value: Any = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.question = question
        self.fields["answer"] = answer_field(question)
        self.fields["answer"].initial = value

    def value(self) -> Any:
        """What was answered, as it is kept."""
        said = self.cleaned_data.get("answer")
        if self.question["kind"] == QuestionKind.THEMES:
            return [theme.slug for theme in said or []]
        return said.replace("\r\n", "\n") if isinstance(said, str) else said


class TrialForm(forms.Form):
    """The whole call at once, to be tried as those who apply would see it; nothing is kept."""

    def __init__(self, *args: Any, questions: Sequence[dict[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = questions
        for question in questions:
            self.fields[f"answer_{question['key']}"] = answer_field(question)
