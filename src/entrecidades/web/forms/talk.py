"""The form in which somebody writes in a conversation."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.cooperation.rules import LETTERS
from entrecidades.kernel.clock import NoSuchMinute, moment_by
from entrecidades.network.clocks import zone_of
from entrecidades.network.models import Entity
from entrecidades.web.forms.documents import UploadField

MOMENTS = ("when_1", "when_2", "when_3")


class MomentField(forms.CharField):
    """A day and a time by the writer's own clock, without its zone: a body's seat says which."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self) -> None:
        label = gettext_lazy("A date that would suit you, by your own clock")
        super().__init__(label=label, required=False)

    def clean(self, value: Any) -> datetime | None:
        """The minute, without its zone."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return datetime.strptime(words[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007 (see above)
        except ValueError:
            raise forms.ValidationError(_("Write a day and a time.")) from None


class WordsForm(forms.Form):
    """The words, in which language, and for whom."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    entity = forms.ChoiceField(label=gettext_lazy("For whom you write"))
    words = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LETTERS,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy(
            "Lines that begin with a dash become a list; *so* is emphasis; addresses are links."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES
    )

    def __init__(self, *args: Any, speakers: Mapping[str, Entity], **options: Any) -> None:
        begun = {"language": get_language(), "token": uuid.uuid4(), "entity": next(iter(speakers))}
        options["initial"] = begun | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.speakers = speakers
        named = [(key, entity.name_in()) for key, entity in speakers.items()]
        self.fields["entity"].choices = named  # type: ignore[attr-defined]
        if len(named) == 1:
            self.fields["entity"].widget = forms.HiddenInput()

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that everybody needs."""
        return [self[name] for name in ("token", "entity", "words", "language")]

    def speaker(self) -> Entity:
        """The body for which it is written."""
        return self.speakers[self.cleaned_data["entity"]]

    def said(self) -> dict[str, Any]:
        """The words as a service takes them."""
        facts = {name: self.cleaned_data[name] for name in ("words", "language", "token")}
        return facts | {"entity": self.speaker()}


class DatesForm(WordsForm):
    """Words, and dates that they propose."""

    when_1 = MomentField()
    when_2 = MomentField()
    when_3 = MomentField()

    @property
    def dates(self) -> list[forms.BoundField]:
        """The fields for dates."""
        return [self[name] for name in MOMENTS]

    def clean(self) -> dict[str, Any]:
        """Moments by the clock of the body that proposes them; what it never shows is refused."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        zone = zone_of(self.speaker()) if "entity" in facts else None
        for name in MOMENTS:
            if zone and facts.get(name):
                try:
                    facts[name] = moment_by(zone, facts[name])
                except NoSuchMinute as refusal:
                    self.add_error(name, refusal)
        return facts

    def moments(self) -> list[datetime]:
        """The moments that are proposed."""
        return [self.cleaned_data[name] for name in MOMENTS if self.cleaned_data[name]]


class MessageForm(DatesForm):
    """A message with what goes with it."""

    upload = UploadField(required=False, label=gettext_lazy("A document that goes with it"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["upload"].told()  # type: ignore[attr-defined]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that few messages need."""
        return [*self.dates, self["upload"]]
