"""The form in which a body says who sees one of its records."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entrecidades.network.choices import Visibility
from entrecidades.network.models import Shared


class SharingForm(forms.Form):
    """A rung of the ladder, and perhaps a day before which nobody further sees the record."""

    visibility = forms.TypedChoiceField(
        label=_("Who sees it"), widget=forms.RadioSelect, coerce=lambda rung: Visibility(int(rung))
    )
    embargo_until = forms.DateField(
        label=_("Not before"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until that day nobody beyond the bodies it names sees it."),
    )

    def __init__(self, *args: Any, record: Shared, **options: Any) -> None:
        options["initial"] = {
            "visibility": record.visibility,
            "embargo_until": record.embargo_until,
        }
        super().__init__(*args, **options)
        self.fields["visibility"].choices = rungs_of(type(record))  # type: ignore[attr-defined]


def rungs_of(model: type[Shared]) -> list[tuple[int, str]]:
    """The rungs that make sense for a kind of record: partners only where it names some.

    What names others is never kept from them.
    """
    unfit = Visibility.PRIVATE if model.PARTIES else Visibility.PARTNER
    return [(rung.value, str(rung.label)) for rung in Visibility if rung != unfit]
