"""How history is put into words: an act, a field, a value before and after."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.audit.models import Trace
from entrecidades.kernel.text import pick
from entrecidades.kernel.versions import OF
from entrecidades.network.countries import language_name
from entrecidades.practices.choices import Form
from entrecidades.web.presenters.history_words import DEEDS, FIELDS, STEPS

Rows = Mapping[type[Model], Mapping[Any, Model]]
DAY = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-][\d:]+)?)?")
#: Letters of a text that history shows before and after a change.
SHOWN = 280


def deed(trace: Trace) -> str:
    """What an act did, in a few words; an act without words of its own is told by its name."""
    steps = STEPS.get(trace.act, {})
    words = steps.get(str(trace.facts.get("step", ""))) or DEEDS.get(trace.act)
    return str(words or trace.act.replace(":", " · "))


def in_order(names: Iterable[str]) -> list[str]:
    """Fields in the order in which they are told; those without words of their own come last."""
    known = list(FIELDS)
    stems = {name: name.partition(OF)[0] for name in names}
    return sorted(
        stems, key=lambda name: known.index(stems[name]) if stems[name] in FIELDS else len(known)
    )


def field_words(name: str, field: Any = None) -> str:
    """What a field is called; of a text in one language, also which.

    A field without words of its own here is called as its model calls it.
    """
    stem, _of, code = name.partition(OF)
    said = getattr(field, "verbose_name", stem).replace("_", " ")
    words = str(FIELDS.get(stem) or said[:1].upper() + said[1:])
    return f"{words} ({_language(code)})" if code else words


def _language(code: str) -> str:
    """What a language is called, to the reader."""
    of_house: dict[str, Any] = dict(settings.LANGUAGES)
    return str(of_house.get(code) or language_name(code, get_language()))


def model_of(trace: Trace) -> type[Model] | None:
    """The kind of thing that a trace is about; None when there is no such kind any more."""
    label = trace.subject.partition(":")[0]
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def field_of(model: type[Model] | None, name: str) -> Any:
    """A field of a model, if it has it still."""
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return fields.get(name)


def value_words(field: Any, name: str, value: Any, rows: Rows) -> str:
    """A value as the reader knows it: labels, names and days instead of codes and numbers."""
    if value in (None, "", [], {}):
        return "–"
    if field is not None and field.is_relation:
        found = rows.get(field.related_model, {})
        keys = value if isinstance(value, list) else [value]
        return ", ".join(str(found.get(key) or _("no longer there")) for key in keys)
    if field is not None and getattr(field, "flatchoices", None):
        return str({str(key): words for key, words in field.flatchoices}.get(str(value), value))
    if isinstance(value, dict):
        return _short(pick(value).words)
    if name == "language":
        return _language(str(value))
    return _items(name, value) if isinstance(value, list) else _day(value) or _short(str(value))


def _items(name: str, values: list[Any]) -> str:
    """Several codes in words; of what has parts of its own, how many there are."""
    if isinstance(values[0], dict):
        return str(len(values))
    return ", ".join(_listed(name, str(one)) for one in values)


def _listed(name: str, code: str) -> str:
    """One of several codes in words."""
    if name == "forms" and code in Form.values:
        return str(Form(code).label)
    return language_name(code, get_language()) if name == "languages" else code


def _day(value: Any) -> str:
    """A day as the reader writes it, that of a moment too; nothing if it is none."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return ""
    try:
        return date_format(date.fromisoformat(value[:10]))
    except ValueError:
        return ""


def _short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"
