"""Who leaves a desk, who follows, and the last word about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.models import Person
from entrecidades.handover.selectors.leaving import Left

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


class LeavingForm(forms.Form):
    """For each body in which something waits for whoever leaves: who follows."""

    def __init__(self, data: Any = None, *, desks: Sequence[Left]) -> None:
        """One list of colleagues for each desk."""
        super().__init__(data)
        self.desks = desks
        for left in desks:
            colleagues = {str(one.pk): one for one in left.colleagues}
            self.fields[_name(left)] = forms.TypedChoiceField(
                label=_("Who follows at %(body)s") % {"body": left.body.name_in()},
                choices=[
                    ("", _("Choose…")),
                    *((key, str(one)) for key, one in colleagues.items()),
                ],
                coerce=colleagues.get,
                empty_value=None,
            )

    def parts(self) -> list[tuple[Left, forms.BoundField]]:
        """Each desk with its question."""
        return [(left, self[_name(left)]) for left in self.desks]

    def heirs(self) -> dict[int, Person]:
        """Whom she chose, by the key of the body."""
        return {left.body.pk: self.cleaned_data[_name(left)] for left in self.desks}


def _name(left: Left) -> str:
    """The field in which the heir of one desk is chosen."""
    return f"to-{left.body.public_id}"
