"""Who leaves a desk, who follows, and the last word about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[str, str]]


class DeskForm(forms.Form):
    """Who leaves and who follows; in the end, that both are meant."""

    leaver = forms.ChoiceField(label=_("Who leaves"))
    to = forms.ChoiceField(
        label=_("Who follows"),
        help_text=_("A colleague, or somebody whose invitation is open."),
    )
    confirmed = forms.BooleanField(label=_("I have read what moves, and it is right."))

    def __init__(
        self, *args: Any, leavers: Choices, heirs: Choices, last: bool, **kwargs: Any
    ) -> None:
        """Offer these people; only the last look asks for the confirmation."""
        super().__init__(*args, **kwargs)
        for name, choices in (("leaver", leavers), ("to", heirs)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("", _("Choose…")), *choices]
            if last:
                field.widget = forms.HiddenInput()
        if not last:
            del self.fields["confirmed"]
