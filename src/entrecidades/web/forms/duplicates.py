"""The form with which two entries are proposed as one body."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entrecidades.network.models import Entity
from entrecidades.network.selectors import entity_with_id


class BodyField(forms.CharField):
    """A body by its id, as in its address."""

    def __init__(self, **options: Any) -> None:
        hint = gettext_lazy("its id, as in its address: br/fnp")
        super().__init__(max_length=100, help_text=hint, **options)

    def clean(self, value: Any) -> Entity:
        """The body itself."""
        entity = entity_with_id(super().clean(value))
        if entity is None:
            raise ValidationError(_("No body has this id. Write it as in its address: br/fnp."))
        return entity


class ProposalForm(forms.Form):
    """Two entries of the register that are one body."""

    one = BodyField(label=gettext_lazy("One entry"))
    other = BodyField(label=gettext_lazy("The other entry"))
