"""The form of a first contact."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.network.models import Entity
from entrecidades.web.forms.fields import ThemesField


class IntroductionForm(forms.Form):
    """Who asks, through whom, about what, and the message itself."""

    asker = forms.ChoiceField(label=gettext_lazy("For whom you ask"))
    broker = forms.ChoiceField(
        label=gettext_lazy("Through an association"),
        required=False,
        help_text=gettext_lazy("It reads your request first and passes it on."),
    )
    themes = ThemesField(label=gettext_lazy("Themes"), required=False)
    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Say what you face, what you hope to learn, and what you can show."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES
    )

    def __init__(
        self, *args: Any, askers: list[Entity], brokers: list[Entity], **options: Any
    ) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.askers = {str(entity.public_id): entity for entity in askers}
        self.brokers = {str(entity.public_id): entity for entity in brokers}
        self.fields["asker"].choices = _named(self.askers)  # type: ignore[attr-defined]
        directly = ("", _("directly, without an association"))
        self.fields["broker"].choices = [directly, *_named(self.brokers)]  # type: ignore[attr-defined]
        if not brokers:
            del self.fields["broker"]
        self.fields["themes"].offer()  # type: ignore[attr-defined]

    def clean_asker(self) -> Entity:
        """The body itself."""
        return self.askers[self.cleaned_data["asker"]]

    def clean_broker(self) -> Entity | None:
        """The association itself, if one was chosen; nobody passes on her own request."""
        broker = self.brokers.get(self.cleaned_data["broker"])
        if broker and broker == self.cleaned_data.get("asker"):
            raise ValidationError(_("A body cannot pass on its own request."))
        return broker


def _named(entities: dict[str, Entity]) -> list[tuple[str, str]]:
    """Bodies to choose from, each with its country."""
    return [(key, f"{entity.name_in()} ({entity.country})") for key, entity in entities.items()]
