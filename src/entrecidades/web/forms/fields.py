"""Fields that several forms share: themes by axis, and languages people work in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.network.countries import language_name
from entrecidades.themes.models import Theme
from entrecidades.themes.selectors import theme_tree

#: Lists beside each other: one can name as many themes.
LISTS = 3
WORKING = ("pt", "fr", "en", "it", "es")


class SomeSelects(forms.Select):
    """A few lists of one name: choosing more than one needs neither script nor a held key."""

    use_fieldset = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """The lists one after the other, each with what was chosen in it."""
        chosen = [*(value or []), *[""] * LISTS][:LISTS]
        attrs = attrs or {}
        pieces = []
        for number, one in enumerate(chosen):
            label = _("Theme %(number)s") % {"number": number + 1}
            own = {**attrs, "id": f"{attrs.get('id', name)}_{number}", "aria-label": label}
            pieces.append(super().render(name, one, own, renderer))
        return format_html_join("", "{}", ((piece,) for piece in pieces))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:  # noqa: ARG002
        """What was chosen, each once (Django names the arguments)."""
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [one for one in dict.fromkeys(given) if one]

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002 (Django names it)
        """The first list."""
        return f"{id_}_0"


class ThemesField(forms.Field):
    """Up to three themes; its value is a list of themes."""

    widget = SomeSelects
    hidden_widget = forms.MultipleHiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.known: dict[str, Theme] = {}

    def offer(self) -> None:
        """Read the tree once, for what is offered and for what is understood."""
        tree = theme_tree()
        self.known = {theme.slug: theme for branch in tree for theme in branch.themes}
        self.widget.choices = [
            ("", "–"),
            *(
                (str(branch.axis), [(theme.slug, str(theme)) for theme in branch.themes])
                for branch in tree
            ),
        ]

    def clean(self, value: Any) -> list[Theme]:
        """The themes with these slugs."""
        slugs = value or []
        if self.required and not slugs:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(slugs) > LISTS or any(slug not in self.known for slug in slugs):
            raise ValidationError(_("Choose themes from the lists."), code="invalid")
        return [self.known[slug] for slug in slugs]


def working_languages() -> list[tuple[str, str]]:
    """The languages people work in, in the reader's words."""
    here = get_language()
    return [(code, language_name(code, here)) for code in WORKING]


def keep_refusal(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Show at the head of a form what the house refused."""
    form.add_error(None, refusal.messages)
