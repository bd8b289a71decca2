"""The forms of a declaration campaign: until when it runs, and what a party declares."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.reporting.choices import DeclarationStep
from entrecidades.web.forms.projects import ReportForm, words_field


class CampaignForm(forms.Form):
    """The last day of a campaign."""

    due_on = forms.DateField(
        label=gettext_lazy("Last day to declare"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class DeclarationForm(forms.Form):
    """What a party says of a year: the report it is known by, and what is recorded wrongly."""

    words = words_field(gettext_lazy("What happened"), 6, max_length=6000)
    next_words = words_field(gettext_lazy("What comes next"), 3, required=False, max_length=4000)
    quote = ReportForm.base_fields["quote"]
    may_quote = ReportForm.base_fields["may_quote"]
    language = ReportForm.base_fields["language"]
    correction = words_field(
        gettext_lazy("What is different from what is recorded above"),
        3,
        required=False,
        max_length=4000,
        help_text=gettext_lazy("Leave it empty if all is right."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """A correction says what is different; a confirmation does not."""
        facts = super().clean() or {}
        step = self.data.get("step")
        has_words = bool((facts.get("correction") or "").strip())
        if step == DeclarationStep.CORRECT and not has_words:
            self.add_error("correction", _("Say what is different."))
        if step == DeclarationStep.CONFIRM and has_words:
            said = _("You say that something is different: declare it with corrections.")
            self.add_error("correction", said)
        return facts
