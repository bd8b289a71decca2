"""What two people wrote, side by side: what it was, what one saved, what the other would."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from entrecidades.kernel.versions import OF
from entrecidades.network.selectors import Saver
from entrecidades.web.forms.editing import EditForm
from entrecidades.web.shown import Shown

#: What may stay of a disputed unit.
CHOICES = ("theirs", "mine")


def choice_name(unit: str) -> str:
    """The name under which a form says what is to stay of a unit."""
    return f"keep:{unit}"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a text, and whether they are new in it."""

    words: str
    new: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """One unit as the page of a comparison shows it."""

    unit: str
    label: str
    language: str
    field: BoundField
    known: bool
    was: str
    theirs: list[Part]
    saver: str
    choice: str
    error: str


def disputes_told(
    form: EditForm,
    shown: Shown,
    savers: Mapping[str, Saver],
    choices: Mapping[str, str],
    *,
    pressed: bool,
) -> list[Dispute]:
    """The disputed units, as the form orders them; ``pressed`` tells what is left to choose."""
    there = shown.seen.units or {}
    return [
        Dispute(
            unit=unit,
            label=form.label_of(unit),
            language=unit.partition(OF)[2],
            field=form[unit],
            known=shown.known,
            was=form.told(unit, shown.asked[unit]),
            theirs=parts(
                form.told(unit, shown.asked[unit]), form.told(unit, there.get(unit)), shown.known
            ),
            saver=_saver(savers.get(unit)),
            choice=choices.get(unit, ""),
            error=_("Choose what is to stay.") if pressed and unit not in choices else "",
        )
        for unit in form.fields
        if unit in shown.asked
    ]


def _saver(saver: Saver | None) -> str:
    """Who saved, and when, as far as it may be told."""
    if saver is None:
        return _("What stands there now")
    said = {"who": saver.name, "when": date_format(localtime(saver.at), "DATETIME_FORMAT")}
    if saver.name:
        return _("Saved by %(who)s, %(when)s") % said
    return _("Saved by a colleague, %(when)s") % said


def parts(was: str, now: str, known: bool) -> list[Part]:  # noqa: FBT001 (the caller's own word)
    """A text in parts, those that are new in it marked; all plain where nothing is known of was.

    Examples
    --------
    >>> parts("Waste in the hills", "Waste in the valleys", True)
    [Part(words='Waste in the ', new=False), Part(words='valleys', new=True)]
    """
    if not known or not was:
        return [Part(now, new=False)] if now else []
    before, after = _words(was), _words(now)
    matched = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    told = [Part("".join(after[b:e]), new=tag != "equal") for tag, _i, _j, b, e in matched]
    return [part for part in told if part.words]


def _words(text: str) -> list[str]:
    """A text cut into words and what stands between them."""
    pieces: list[str] = []
    for character in text:
        if pieces and pieces[-1][-1].isspace() == character.isspace():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def fields_named(form: EditForm, units: Collection[str]) -> str:
    """Units by their labels, as a sentence lists them."""
    known = [unit for unit in form.fields if unit in {*units}]
    rest = [unit for unit in units if unit not in form.fields]
    return ", ".join(dict.fromkeys(form.label_of(unit) for unit in [*known, *rest]))


def saved_told(form: EditForm, changed: Collection[str], theirs: Collection[str]) -> str:
    """What has come of an edit: of hers, and of what others had changed meanwhile."""
    if theirs:
        fields = {"fields": fields_named(form, theirs)}
        return _("Saved. Meanwhile others changed, and it is kept: %(fields)s.") % fields
    return _("Saved.") if changed else _("Nothing was changed.")


def chosen(data: Mapping[str, Any], shown: Shown) -> dict[str, str]:
    """What she chose for each unit she was asked about, as far as she did."""
    given = {unit: data.get(choice_name(unit), "") for unit in shown.asked}
    return {unit: choice for unit, choice in given.items() if choice in CHOICES}
