"""What a Word file would change, clause by clause and word by word."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entrecidades.agreements.models import Text
from entrecidades.agreements.text_rules import with_units
from entrecidades.agreements.word_plan import TITLE, Item, Plan, What
from entrecidades.engines.wording.clauses import Clause
from entrecidades.engines.wording.compare import Pair
from entrecidades.web.presenters.texts import Told, clause_told


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One clause of a plan, as its page shows it."""

    key: str
    words: str
    name: str
    told: list[Told]
    is_asked: bool
    question: str
    here: str
    file: str
    choice: str
    error: str


def plan_shown(
    plan: Plan, text: Text, choices: Mapping[str, str], *, pressed: bool
) -> list[ItemShown]:
    """Every clause that a file would change; ``pressed`` tells what is left to decide."""
    return [
        ItemShown(
            key=item.key,
            words=_words(item),
            name=_name(item),
            told=clause_told(Pair(item.key, _clause(item.was), _clause(item.now)), text.codes),
            is_asked=item.is_asked,
            question=_question(item),
            here=_here(item),
            file=_file(item),
            choice=choices.get(item.key, ""),
            error=_("Decide what is to be.")
            if pressed and item.is_asked and item.key not in choices
            else "",
        )
        for item in plan.items
    ]


def _clause(units: Mapping[str, str]) -> Clause:
    """Units as a clause."""
    return with_units(Clause(""), units)


def _name(item: Item) -> str:
    """What people call a clause."""
    said = [*item.was.values(), *item.now.values()]
    return _("Title") if item.key == TITLE else next((one[:60] for one in said if one), "–")


def _words(item: Item) -> str:
    """What the file would do to it."""
    return {
        What.CHANGED: pgettext("clause", "changed on both sides")
        if item.is_asked
        else pgettext("clause", "changed"),
        What.ADDED: pgettext("clause", "new"),
        What.MISSING: _("missing in the file"),
        What.BROUGHT_BACK: pgettext("clause", "taken out here meanwhile"),
    }[item.what]


def _question(item: Item) -> str:
    """What is asked about it."""
    return {
        What.CHANGED: _("Somebody here has changed the same words since the file was taken out."),
        What.ADDED: "",
        What.MISSING: _("The file has this clause no longer. It goes only if you say so."),
        What.BROUGHT_BACK: _("The file has changed a clause that was taken out here meanwhile."),
    }[item.what]


def _here(item: Item) -> str:
    """Let it be as it stands here."""
    return _("Leave it out") if item.what == What.BROUGHT_BACK else _("Keep it as it stands here")


def _file(item: Item) -> str:
    """Let it be as in the file."""
    return {
        What.CHANGED: _("Take the words of the file"),
        What.ADDED: "",
        What.MISSING: _("Take it out of the text"),
        What.BROUGHT_BACK: _("Bring it back, as in the file"),
    }[item.what]
