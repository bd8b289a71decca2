"""The forms in which an agreement is opened, prepared, approved and signed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.agreements.choices import AgreementKind, AgreementStep
from entrecidades.agreements.life import ASKS, Decision
from entrecidades.agreements.models import Agreement
from entrecidades.network.models import Entity, Place
from entrecidades.network.naming import whom_do_you_mean
from entrecidades.web.forms.documents import UploadField
from entrecidades.web.forms.fields import ThemesField
from entrecidades.web.forms.projects import language_field, words_field
from entrecidades.web.forms.records import day_field
from entrecidades.web.forms.statements import SpeakerForm

#: So many bodies are named in one field, one in each line.
MANY = 40
#: What is opened from scratch; an adhesion and an addendum have pages of their own.
KINDS = [
    (kind.value, kind.label)
    for kind in AgreementKind
    if kind not in (AgreementKind.ADHESION, AgreementKind.ADDENDUM)
]


class BodiesField(forms.CharField):
    """Bodies or cities, one in each line, by name or address; unclear ones are asked back."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[Entity | Place]:
        """Those that are meant; every line that is not understood is named at once."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > MANY:
            raise ValidationError(_("Name at most %(most)s bodies.") % {"most": MANY})
        found, wrong = list[Entity | Place](), list[str]()
        for line in lines:
            meant = whom_do_you_mean(line)
            if one := meant.entity or meant.place:
                found.append(one)
                continue
            near = ", ".join(place.public_id for place in [*meant.candidates, *meant.nearest][:5])
            wrong.append(
                _("“%(line)s”: which one do you mean? Write one of these: %(near)s.")
                % {"line": line, "near": near}
                if near
                else _("“%(line)s”: nobody of this name is known here.") % {"line": line}
            )
        if wrong:
            raise ValidationError(wrong)
        return found


class AgreementForm(SpeakerForm):
    """An agreement that begins: between whom, on what, in which languages."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, initial="memorandum")
    partners = BodiesField(
        label=gettext_lazy("The other parties"),
        max_length=4000,
        help_text=gettext_lazy(
            "One in each line: a name, or a short address such as br/curitiba."
        ),
    )
    observers = BodiesField(
        label=gettext_lazy("Who accompanies it, and is not bound"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("For example associations. One in each line."),
    )
    title = forms.CharField(label=gettext_lazy("What it is about"), max_length=150)
    language = language_field()
    themes = ThemesField(label=gettext_lazy("Themes"), help_text=gettext_lazy("One to three."))
    first_language = forms.ChoiceField(
        label=gettext_lazy("First language of the text"), choices=settings.LANGUAGES
    )
    second_language = forms.ChoiceField(
        label=gettext_lazy("Second language of the text"),
        choices=[("", "–"), *settings.LANGUAGES],
        required=False,
    )
    umbrella = forms.ChoiceField(label=gettext_lazy("Under which umbrella"), required=False)
    admits_members = forms.BooleanField(
        label=gettext_lazy("Between associations: their members may adhere to it"),
        required=False,
    )

    def __init__(self, *args: Any, umbrellas: Iterable[Agreement] = (), **options: Any) -> None:
        here = get_language()
        options["initial"] = {
            "language": here,
            "first_language": here,
            **(options.get("initial") or {}),
        }
        super().__init__(*args, **options)
        self.umbrellas = {one.reference: one for one in umbrellas}
        named = [(key, str(one)) for key, one in self.umbrellas.items()]
        self.fields["umbrella"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        self.fields["themes"].offer()  # type: ignore[attr-defined]
        if not named:
            del self.fields["umbrella"]

    def clean_umbrella(self) -> Agreement | None:
        """The umbrella itself."""
        return self.umbrellas.get(self.cleaned_data["umbrella"])

    def languages(self) -> list[str]:
        """The languages of the text, each once."""
        both = (self.cleaned_data["first_language"], self.cleaned_data["second_language"])
        return [code for code in dict.fromkeys(both) if code]


class AddendumForm(SpeakerForm):
    """An addendum: for whom, what it is about, and what it changes of days and parties."""

    title = forms.CharField(label=gettext_lazy("What it changes"), max_length=150)
    language = language_field()
    joining = BodiesField(
        label=gettext_lazy("Who joins the agreement by it"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("They sign the addendum too. One in each line."),
    )
    leaving = forms.MultipleChoiceField(
        label=gettext_lazy("Who leaves the agreement by it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They sign the addendum too."),
    )
    ends_on = day_field(gettext_lazy("New last day of the agreement"))

    def __init__(self, *args: Any, bound: Iterable[Entity] = (), **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.bound = {str(one.public_id): one for one in bound}
        names = [(key, one.name_in()) for key, one in self.bound.items()]
        self.fields["leaving"].choices = names  # type: ignore[attr-defined]

    def clean_leaving(self) -> list[Entity]:
        """The bodies themselves."""
        return [self.bound[key] for key in self.cleaned_data["leaving"]]


class TermForm(forms.Form):
    """From when to when an agreement is to bind; of an addendum the last day is another's."""

    in_force_from = day_field(gettext_lazy("In force from"))
    ends_on = day_field(gettext_lazy("Ends on"))

    def __init__(self, *args: Any, amends: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if amends:
            self.fields["ends_on"].label = _("New last day of the agreement")


class SignatoryForm(SpeakerForm):
    """Who signs for a party, and by which power."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    post = forms.CharField(label=gettext_lazy("Office"), max_length=200)
    power = forms.CharField(
        label=gettext_lazy("Legal basis of the power to sign"),
        max_length=500,
        help_text=gettext_lazy("For example an article of the organic law, or a delegation."),
    )


class PaperForm(forms.Form):
    """Something that is recorded with the paper that shows it."""

    def __init__(self, *args: Any, hands_in: bool = True, **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        if hands_in:
            self.fields["upload"] = UploadField(required=False, label=_("The act or signed copy"))
            self.fields["upload"].told()  # type: ignore[attr-defined]
            self.fields["language"] = language_field()
            self.fields["language"].label = _("Language of the file")
            self.fields["language"].required = False


class DecisionForm(PaperForm):
    """What was decided: by whom, by which act, when, why; as far as a step asks it."""

    deciding_body = forms.CharField(
        label=gettext_lazy("Deciding body"), max_length=200, required=False
    )
    act_number = forms.CharField(
        label=gettext_lazy("Number of the act"), max_length=100, required=False
    )
    decided_on = day_field(gettext_lazy("Decided on"))
    ends_on = day_field(gettext_lazy("Ends on"))
    reason = words_field(gettext_lazy("Reason"), 3, required=False, max_length=2000)

    def __init__(self, *args: Any, step: AgreementStep, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = ASKS.get(step, ())
        for name in ("deciding_body", "act_number", "decided_on", "ends_on", "reason"):
            if name not in asked:
                del self.fields[name]


def decision_of(facts: Mapping[str, Any], document: Any = None) -> Decision:
    """What a form says of a decision."""
    told = {
        name: facts.get(name) or default
        for name, default in (("deciding_body", ""), ("act_number", ""), ("reason", ""))
    }
    return Decision(
        **told,
        decided_on=facts.get("decided_on"),
        ends_on=facts.get("ends_on"),
        document=document,
    )


class ApprovalForm(PaperForm):
    """What became of an approval: given by an act, or done without, and then why."""

    GIVEN, WAIVED = "given", "waived"
    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[
            (GIVEN, gettext_lazy("It was given")),
            (WAIVED, gettext_lazy("We do without it")),
        ],
        initial=GIVEN,
        widget=forms.RadioSelect,
    )
    deciding_body = forms.CharField(
        label=gettext_lazy("Deciding body"), max_length=200, required=False
    )
    act_number = forms.CharField(
        label=gettext_lazy("Number of the act"), max_length=100, required=False
    )
    decided_on = day_field(gettext_lazy("Decided on"))
    reason = words_field(
        gettext_lazy("Why you do without it"),
        3,
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Only if you do. The parties read it, with your name."),
    )


class SignatureForm(PaperForm):
    """That somebody signed: when and where."""

    signed_on = forms.DateField(
        label=gettext_lazy("Signed on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)
