"""Gather every message the house says, and keep the catalogues in step with it.

``python -m tests.house.messages`` writes the catalogues anew: what is new stands there
without a translation, what nobody says any more is gone. It needs Babel alone, where
Django's own command needs gettext's tools; the house tests read messages through it too.
"""

import ast
import re
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tests.house.source import HOUSE, modules, plain, templates

LOCALE = HOUSE / "locale"
LANGUAGES = ("pt_BR", "pt", "fr", "it", "es")
TEAM = "Entrecidades"
HEAD = """\
# PROJECT in another language, for each sentence as the house says it in English.
# Written anew by ``python -m tests.house.messages``: edit what stands after msgstr alone.
#"""
GETTEXT = re.compile(r"_|n?p?gettext(_lazy|_noop)?")
# What Django's templatize leaves of a template, such as " ngettext(u'One', u'%(n)s', n) ".
CALL = re.compile(
    r"""(?<![\w.])(_|n?p?gettext)\(((?:u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:,\s*)?)+)""",
    re.DOTALL,
)
WORDS = re.compile(r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.DOTALL)


def messages_in_template(text, origin=None):
    """Each message of a template, as (context, id, plural)."""
    for name, arguments in CALL.findall(templatize(text, origin)):
        words = [ast.literal_eval(word) for word in WORDS.findall(arguments)]
        context = words.pop(0) if "p" in name else None
        yield context, words[0], words[1] if name.lstrip("p").startswith("n") else None


def messages_in_python(source):
    """Each message of a module, as (context, id, plural)."""
    # Read as a tree, not as tokens: what is said within an f-string is heard too.
    for call in ast.walk(ast.parse(source)):
        name = (
            call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
        )
        constants = (
            [one.value for one in call.args if isinstance(one, ast.Constant)] if name else []
        )
        words = [value for value in constants if isinstance(value, str)]
        if words and GETTEXT.fullmatch(name):
            context = words.pop(0) if "pgettext" in name else None
            plural = words[1] if name.startswith("n") and len(words) > 1 else None
            yield context, words[0], plural


def messages():
    """Each message of the house with where it is said: (context, id, plural, path)."""
    for path in modules():
        for message in messages_in_python(path.read_text(encoding="utf-8")):
            yield *message, plain(path)
    for path in templates():
        for message in messages_in_template(path.read_text(encoding="utf-8"), str(path)):
            yield *message, plain(path)


@cache
def gathered(locale=None):
    """All messages as one catalogue without translations."""
    catalogue = Catalog(locale=locale, project="Entrecidades", fuzzy=False)
    for context, words, plural, path in messages():
        known = catalogue.get(words, context)
        # A sentence said alone here and counted there is one entry, with both its forms.
        if known and plural and not known.pluralizable:
            catalogue.delete(words, context)
        counted = known.id[1] if known and known.pluralizable else plural
        message = (words, counted) if counted else words
        catalogue.add(message, locations=[(path, None)], context=context)
    return catalogue


def kept(language):
    """A language's catalogue as it stands in the house; an empty one when there is none."""
    path = LOCALE / language / "LC_MESSAGES/django.po"
    if not path.exists():
        return Catalog(locale=language, project="Entrecidades", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renew(language):
    """Bring one language's catalogue in step with what the house says."""
    catalogue = kept(language)
    catalogue.update(gathered(language), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    # Babel's own head asks for names and addresses that nobody in a repository needs.
    catalogue.header_comment = HEAD
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = TEAM
    catalogue.revision_date = catalogue.creation_date
    path = LOCALE / language / "LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=99, sort_output=True, include_lineno=False)


if __name__ == "__main__":
    for tongue in LANGUAGES:
        renew(tongue)
