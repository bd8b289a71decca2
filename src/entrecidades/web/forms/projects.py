"""The forms in which a project is begun and told."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.agreements.models import Agreement
from entrecidades.cooperation.models import Programme
from entrecidades.network.choices import Stance, Visibility
from entrecidades.network.models import Entity, Place
from entrecidades.network.naming import whom_do_you_mean
from entrecidades.projects.choices import Direction, ProjectKind, Role
from entrecidades.projects.models import Indicator, Project
from entrecidades.projects.rules import CURRENCIES
from entrecidades.web.forms.documents import FileForm
from entrecidades.web.forms.fields import ThemesField
from entrecidades.web.forms.records import day_field
from entrecidades.web.forms.statements import SpeakerForm

COMMON = ("EUR", "BRL", "USD", "MZN", "CHF", "GBP")


class NamedField(forms.CharField):
    """A place or a body, by its name or short address; an unclear name is asked back."""

    def clean(self, value: Any) -> Any:
        """The place or body that is meant; None where nothing was written."""
        words = str(super().clean(value))
        if not words:
            return None
        meant = whom_do_you_mean(words)
        if found := meant.entity or meant.place:
            return found
        near = [place.public_id for place in [*meant.candidates, *meant.nearest][:5]]
        if near:
            message = _("Which one do you mean? Write one of these: %(near)s.")
            raise ValidationError(message % {"near": ", ".join(near)})
        raise ValidationError(_("Nobody of this name is known here."))


def currency_field() -> forms.ChoiceField:
    """A currency, the common ones first."""
    rest = sorted(CURRENCIES - {*COMMON})
    choices = [(code, code) for code in [*COMMON, *rest]]
    return forms.ChoiceField(label=gettext_lazy("Currency"), choices=choices)


def language_field() -> forms.ChoiceField:
    """In which language a text is written."""
    label = gettext_lazy("Language of this text")
    return forms.ChoiceField(label=label, choices=settings.LANGUAGES)


def words_field(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """A longer text."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class InOneLanguage(forms.Form):
    """A form of which the texts are in one language: the reader's, unless she says another."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)


class ProjectForm(SpeakerForm):
    """A project that begins: enough to find it, to see who takes part, and what it may overlap."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Project or action"), choices=ProjectKind.choices, initial="project"
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)
    summary = words_field(gettext_lazy("What is to be done"), required=False, max_length=4000)
    language = language_field()
    themes = ThemesField(label=gettext_lazy("Themes"), help_text=gettext_lazy("One to three."))
    own_role = forms.ChoiceField(
        label=gettext_lazy("What our own body does"),
        choices=[(role.value, role.label) for role in Role],
        initial=Role.RECEIVER,
    )
    partner = NamedField(
        label=gettext_lazy("Partner"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Its name, or its short address such as br/curitiba."),
    )
    partner_role = forms.ChoiceField(
        label=gettext_lazy("What the partner does"),
        choices=[(role.value, role.label) for role in Role if role != Role.COORDINATOR],
        initial=Role.FIRST_PROVIDER,
    )
    place = NamedField(
        label=gettext_lazy("Where"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("A city. Left empty: where our own body has its seat."),
    )
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)
    agreement = forms.ChoiceField(
        label=gettext_lazy("On which agreement it rests"), required=False
    )
    planned_from = day_field(gettext_lazy("Planned to begin"))
    planned_to = day_field(gettext_lazy("Planned to end"))
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=[rung for rung in Visibility.choices if rung[0] >= Visibility.PARTNER],
        initial=Visibility.PUBLIC,
        help_text=gettext_lazy("Those who take part always do. You can change it at any time."),
    )

    def __init__(self, *args: Any, agreements: Iterable[Agreement] = (), **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.agreements = {one.reference: one for one in agreements}
        rests = [(key, str(one)) for key, one in self.agreements.items()]
        self.fields["agreement"].choices = [("", "–"), *rests]  # type: ignore[attr-defined]
        self.programmes = {one.slug: one for one in Programme.objects.told()}
        named = [(slug, str(one)) for slug, one in self.programmes.items()]
        self.fields["programme"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        self.fields["themes"].offer()  # type: ignore[attr-defined]

    def clean_agreement(self) -> Agreement | None:
        """The agreement itself."""
        return self.agreements.get(self.cleaned_data["agreement"])

    def clean_programme(self) -> Programme | None:
        """The programme itself."""
        return self.programmes.get(self.cleaned_data["programme"])

    def clean_place(self) -> Place | None:
        """The place; of a body, its seat."""
        meant: Entity | Place | None = self.cleaned_data["place"]
        return meant.seat if isinstance(meant, Entity) else meant


class MilestoneForm(InOneLanguage):
    """Something that is to be done by a day."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=150)
    language = language_field()
    starts_on = day_field(gettext_lazy("From"))
    due_on = forms.DateField(
        label=gettext_lazy("Due"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class BudgetForm(InOneLanguage):
    """An amount in one currency."""

    title = forms.CharField(label=gettext_lazy("What for"), max_length=150)
    language = language_field()
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=16, decimal_places=2, min_value=0
    )
    currency = currency_field()
    spent = forms.DecimalField(
        label=gettext_lazy("Spent so far"),
        max_digits=16,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    first_on = day_field(gettext_lazy("From"))
    last_on = day_field(gettext_lazy("To"))


class IndicatorForm(InOneLanguage):
    """What is to be measured."""

    title = forms.CharField(label=gettext_lazy("What is measured"), max_length=150)
    result = forms.CharField(
        label=gettext_lazy("For which result"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("What is to be different when the work is done."),
    )
    language = language_field()
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=60,
        help_text=gettext_lazy("For example tonnes a month, households, per cent."),
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"), choices=Direction.choices, initial="ascending"
    )
    baseline = forms.DecimalField(
        label=gettext_lazy("Baseline"), max_digits=18, decimal_places=4, required=False
    )
    baseline_on = day_field(gettext_lazy("Measured on"))
    target = forms.DecimalField(label=gettext_lazy("Target"), max_digits=18, decimal_places=4)
    target_on = day_field(gettext_lazy("To be reached by"))


class MeasureForm(SpeakerForm):
    """What an indicator had come to at the end of a period."""

    first_on = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last_on = forms.DateField(
        label=gettext_lazy("To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    value = forms.DecimalField(label=gettext_lazy("Actual"), max_digits=18, decimal_places=4)
    women = forms.DecimalField(
        label=gettext_lazy("Of them women"), max_digits=18, decimal_places=4, required=False
    )
    men = forms.DecimalField(
        label=gettext_lazy("Of them men"), max_digits=18, decimal_places=4, required=False
    )
    note = words_field(gettext_lazy("How it was measured"), 3, required=False, max_length=2000)
    language = language_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)

    def groups(self) -> dict[str, str]:
        """What was told apart, as it is written."""
        told = {name: self.cleaned_data.get(name) for name in ("women", "men")}
        return {name: str(value) for name, value in told.items() if value is not None}


class ReportForm(SpeakerForm):
    """What happened in a period, and what comes next."""

    first_on = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last_on = forms.DateField(
        label=gettext_lazy("To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    words = words_field(gettext_lazy("What happened"), 8, max_length=6000)
    next_words = words_field(gettext_lazy("What comes next"), 4, required=False, max_length=4000)
    quote = forms.CharField(
        label=gettext_lazy("A sentence for the annual report"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    may_quote = forms.BooleanField(
        label=gettext_lazy("This sentence may be printed under the name of our body."),
        required=False,
    )
    language = language_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)


class EvidenceForm(SpeakerForm, FileForm):
    """A file that shows what was done; it is looked into before it is kept."""

    indicator = forms.ModelChoiceField(
        queryset=Indicator.objects.none(),
        label=gettext_lazy("For which indicator"),
        empty_label="–",
        required=False,
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=[rung for rung in Visibility.choices if rung[0] >= Visibility.PARTNER],
        initial=Visibility.PARTNER,
    )
    field_order = ("entity", "upload", "title", "indicator", "language", "visibility")

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["indicator"].queryset = project.indicators.filter(removed_at=None)  # type: ignore[attr-defined]

    def clean_visibility(self) -> Visibility:
        """The rung itself."""
        return Visibility(int(self.cleaned_data["visibility"]))


class WordForm(SpeakerForm):
    """So it is, or otherwise."""

    stance = forms.ChoiceField(
        label=gettext_lazy("What do you say?"), choices=Stance.choices, widget=forms.RadioSelect
    )
    note = words_field(
        gettext_lazy("In your own words"),
        3,
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Everybody who sees the record reads this."),
    )


class HelpForm(SpeakerForm):
    """A call for help."""

    words = words_field(gettext_lazy("What you need help with"), 3, max_length=4000)


class RoleForm(forms.Form):
    """A body that takes part."""

    named = NamedField(
        label=gettext_lazy("Body"),
        max_length=100,
        help_text=gettext_lazy("Its name, or its short address such as br/curitiba."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[(role.value, role.label) for role in Role]
    )


class SharesForm(forms.Form):
    """A share of the whole for each theme of a project."""

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        for row in project.shares.select_related("theme"):
            self.fields[f"share-{row.theme_id}"] = forms.DecimalField(
                label=str(row.theme),
                max_digits=5,
                decimal_places=2,
                required=False,
                initial=row.percent,
            )

    def shares(self) -> dict[int, Decimal | None]:
        """The shares by the keys of the themes."""
        return {int(name.partition("-")[2]): value for name, value in self.cleaned_data.items()}
