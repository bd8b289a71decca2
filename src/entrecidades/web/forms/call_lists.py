"""Criteria and questions of a call: lists with empty lines at their end; an emptied one goes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.calls.choices import AskedOf, QuestionKind
from entrecidades.calls.models import Call
from entrecidades.calls.rules.building import LONGEST
from entrecidades.kernel.ids import slug_of
from entrecidades.network.countries import language_name

#: Empty lines after those that are there.
MORE = 3
WORDS = 300


class ListForm(forms.Form):
    """A list of objects as one form: the fields of line 2 end in ``_2``."""

    #: The unit of the call, and the text by which an object stands or goes.
    unit, named_by = "", ""

    if TYPE_CHECKING:  # what each list says by itself; Django's metaclass leaves no room for abc

        def add(self, number: int, line: dict[str, Any]) -> None:
            """The fields of one line."""

        def read(self, number: int) -> dict[str, Any]:
            """What a line says beside its words."""

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        self.call = call
        self.languages: list[str] = [*call.languages]
        there: Sequence[dict[str, Any]] = getattr(call, self.unit)
        self.lines = [*there, *({} for _one in range(MORE))]
        for number, line in enumerate(self.lines):
            self.add(number, line)

    def texts(self, name: str, label: str, number: int, line: dict[str, Any], rows: int) -> None:
        """A text in each language of the call."""
        for code in self.languages:
            widget: Any = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
            widget.attrs["lang"] = code
            told = label % {"language": language_name(code, get_language())}
            one = forms.CharField(
                label=told, required=False, widget=widget, max_length=10 * WORDS, initial=""
            )
            value = (line.get(name) or {}).get(code, "")
            one.initial = value
            one.wanted = name == self.named_by  # type: ignore[attr-defined]
            self.fields[f"{name}_{code}_{number}"] = one

    def groups(self) -> list[dict[str, Any]]:
        """The lines with their fields, as the page shows them."""
        return [
            {
                "number": number + 1,
                "is_new": not line,
                "fields": [self[name] for name in self.fields if name.endswith(f"_{number}")],
            }
            for number, line in enumerate(self.lines)
        ]

    def words_of(self, name: str, number: int) -> dict[str, str]:
        """A text of one line in all languages that say something."""
        facts = self.cleaned_data
        told = {code: facts[f"{name}_{code}_{number}"].strip() for code in self.languages}
        return {code: words for code, words in told.items() if words}

    def said(self) -> dict[str, Any]:
        """The list as a unit of the call; lines without words are not in it."""
        items: list[dict[str, Any]] = []
        taken: set[str] = {line["key"] for line in self.lines if line.get("key")}
        for number, line in enumerate(self.lines):
            words = self.words_of(self.named_by, number)
            if not words:
                continue
            key = line.get("key") or _free(words, taken)
            taken.add(key)
            items.append({"key": key, self.named_by: words, **self.read(number)})
        return {self.unit: items}


def _free(words: dict[str, str], taken: set[str]) -> str:
    """A key of its own for a new line, which answers and scores are kept under."""
    base = slug_of(next(iter(words.values())))[:40].strip("-") or "line"
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in [base, *numbered] if key not in taken)


class CriteriaForm(ListForm):
    """By what applications are judged, and how much each counts."""

    unit, named_by = "criteria", "name"

    def add(self, number: int, line: dict[str, Any]) -> None:
        """Its name and explanation in each language, and its weight."""
        self.texts("name", _("Criterion (%(language)s)"), number, line, 0)
        self.texts("help", _("What readers look for (%(language)s)"), number, line, 2)
        weight = forms.IntegerField(
            label=_("Weight, of 100"),
            required=False,
            min_value=0,
            max_value=100,
            initial=line.get("weight"),
        )
        weight.wanted = True  # type: ignore[attr-defined]
        self.fields[f"weight_{number}"] = weight

    def read(self, number: int) -> dict[str, Any]:
        """Its weight and its explanation."""
        weight = self.cleaned_data[f"weight_{number}"]
        return {"weight": weight or 0, "help": self.words_of("help", number)}


class QuestionsForm(ListForm):
    """What those who apply are asked."""

    unit, named_by = "questions", "label"

    def add(self, number: int, line: dict[str, Any]) -> None:
        """Its words in each language, its kind, and who answers it."""
        self.texts("label", _("Question (%(language)s)"), number, line, 0)
        self.texts("help", _("Hint (%(language)s)"), number, line, 2)
        self._choose("kind", _("Kind of answer"), QuestionKind.choices, number, line)
        self._choose("asked_of", _("Answered by"), AskedOf.choices, number, line)
        self.fields[f"limit_{number}"] = forms.IntegerField(
            label=_("Characters, at most"),
            required=False,
            min_value=1,
            max_value=LONGEST,
            initial=line.get("limit"),
        )
        self.fields[f"required_{number}"] = forms.BooleanField(
            label=_("It must be answered"),
            required=False,
            initial=line.get("is_required", bool(not line)),
        )
        told = {"choices": _lines(line.get("choices") or [], self.languages)}
        label = _("Answers to choose from, one a line (%(language)s)")
        self.texts("choices", label, number, told, 3)

    def _choose(
        self, name: str, label: str, choices: Any, number: int, line: dict[str, Any]
    ) -> None:
        """A list from which one is chosen."""
        field = forms.ChoiceField(label=label, choices=choices, required=False)
        field.initial = line.get(name)
        field.wanted = True  # type: ignore[attr-defined]
        self.fields[f"{name}_{number}"] = cast("forms.Field", field)

    def read(self, number: int) -> dict[str, Any]:
        """Its kind, who answers, its limit and what it lets choose from."""
        facts = self.cleaned_data
        told: dict[str, Any] = {
            "kind": facts[f"kind_{number}"] or QuestionKind.TEXT,
            "asked_of": facts[f"asked_of_{number}"] or AskedOf.WHOLE,
            "is_required": facts[f"required_{number}"],
            "help": self.words_of("help", number),
        }
        if facts[f"limit_{number}"]:
            told["limit"] = facts[f"limit_{number}"]
        if choices := _choices(self.words_of("choices", number)):
            told["choices"] = choices
        return told


def _lines(choices: Sequence[dict[str, Any]], languages: Sequence[str]) -> dict[str, str]:
    """The answers of a choice, one a line, in each language."""
    return {
        code: "\n".join((one.get("label") or {}).get(code, "") for one in choices).strip()
        for code in languages
    }


def _choices(texts: dict[str, str]) -> list[dict[str, Any]]:
    """The answers of a choice; the same line in each language is the same answer."""
    columns = {code: [line.strip() for line in words.split("\n")] for code, words in texts.items()}
    longest = max((len(lines) for lines in columns.values()), default=0)
    rows = [
        {code: lines[n] for code, lines in columns.items() if n < len(lines) and lines[n]}
        for n in range(longest)
    ]
    return [{"key": f"a{n}", "label": row} for n, row in enumerate(filter(None, rows), start=1)]
