"""The forms about the dates of a meeting: which suit, other ones, none at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from entrecidades.cooperation.calendars import by_both_clocks
from entrecidades.cooperation.choices import Fit
from entrecidades.cooperation.models import Meeting
from entrecidades.cooperation.selectors.meetings import bodies_of, said_of
from entrecidades.kernel.text import with_colon
from entrecidades.network.models import Entity
from entrecidades.web.forms.talk import DatesForm, WordsForm


class AnswerForm(forms.Form):
    """How each date suits that is still to come."""

    entity = forms.ChoiceField(label=gettext_lazy("For whom you answer"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        meeting: Meeting,
        speakers: Mapping[str, Entity],
        at: datetime,
    ) -> None:
        super().__init__(data, prefix=f"answer-{meeting.public_id}")
        self.speakers = speakers
        choices = [(key, entity.name_in()) for key, entity in speakers.items()]
        self.fields["entity"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["entity"].widget = forms.HiddenInput()
        self.initial["entity"] = choices[0][0]
        said = said_of(meeting).get(speakers[choices[0][0]].pk, {})
        bodies = bodies_of(meeting)
        self.moments = [moment for moment in meeting.message.proposed if moment > at]
        for moment in self.moments:
            clocks = by_both_clocks(moment, bodies)
            self.fields[moment.isoformat()] = forms.ChoiceField(
                label="; ".join(with_colon(one["name"], one["said"]) for one in clocks),
                choices=Fit.choices,
                widget=forms.RadioSelect,
                initial=said.get(moment),
            )

    def speaker(self) -> Entity:
        """The body for which it is answered."""
        return self.speakers[self.cleaned_data["entity"]]

    def fits(self) -> dict[datetime, Fit]:
        """What was said of each date."""
        return {one: Fit(self.cleaned_data[one.isoformat()]) for one in self.moments}


class MoveForm(DatesForm):
    """Why other dates, and which."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].label = gettext_lazy("Why other dates")
        self.fields["words"].widget.attrs["rows"] = 3
        self.fields["when_1"].required = True


class CallOffForm(WordsForm):
    """Why nobody is to meet."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].label = gettext_lazy("Why it is called off")
        self.fields["words"].widget.attrs["rows"] = 3
