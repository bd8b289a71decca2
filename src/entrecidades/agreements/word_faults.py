"""What is wrong with a Word file that was brought in, in sentences, all of it at once."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entrecidades.engines.wording.faults import Fault, Kind
from entrecidades.kernel.errors import Refusal

SAID = {
    Kind.TOO_LARGE: gettext_lazy("The file is larger than any text needs (5 MB)."),
    Kind.OLD_WORD: gettext_lazy("This is an older Word file. Save it as DOCX."),
    Kind.NOT_WORD: gettext_lazy("This is not a Word file (DOCX), or it is damaged."),
    Kind.BOMB: gettext_lazy("Unpacked, the file is far too large."),
    Kind.BROKEN: gettext_lazy("A part of the file is damaged. Open it in Word and save it again."),
    Kind.DOCTYPE: gettext_lazy("The file defines entities, which no office program does."),
    Kind.MACROS: gettext_lazy("The file has macros. Save it without."),
    Kind.EMBEDDED: gettext_lazy("Other files or objects are put into the file. Take them out."),
    Kind.OUTSIDE: gettext_lazy("The file fetches parts from elsewhere. Take them out."),
    Kind.NOT_OURS: gettext_lazy(
        "The table of clauses was not found, or there are two. Work on a file that was taken out "
        "here, and keep its table and its first line."
    ),
    Kind.TRACKED: gettext_lazy("There are tracked changes. Accept or reject them, and save."),
    Kind.PICTURE: gettext_lazy("There is a picture, which a text cannot keep."),
    Kind.NOTE: gettext_lazy("There is a footnote or endnote. Put its words into the clause."),
    Kind.FORMULA: gettext_lazy("There is a formula. Write it in words."),
    Kind.TABLE: gettext_lazy("There is a table inside the clause. Write it as lines."),
    Kind.SYMBOL: gettext_lazy("There is a sign of a symbol font. Write it as a letter or a word."),
    Kind.LOOSE: gettext_lazy("There are words below the table, which belong to no clause."),
    Kind.TWICE: gettext_lazy("This clause stands twice. Copy its words into a new row instead."),
    Kind.HALF: gettext_lazy(
        "A language, or a heading, of this clause was removed. Bring its cell back, even if empty."
    ),
    Kind.LONG: gettext_lazy("This is longer than a clause or a heading may be."),
    Kind.ODD_ROW: gettext_lazy(
        "This row was merged or split: it has not one cell for each language."
    ),
}


class NotBroughtIn(Refusal):
    """A file that cannot be brought in; every reason is told at once."""


def sentences(faults: Iterable[Fault]) -> list[str]:
    """Each fault in a sentence, with the row in which it was found and some words of it."""
    return list(dict.fromkeys(_sentence(fault) for fault in faults))


def unknown_clause(row: int) -> str:
    """A row whose mark names a clause that the version does not have."""
    return _in_row(
        row,
        _("The mark of this row is of no clause of the version. Put its words into a new row."),
    )


def _sentence(fault: Fault) -> str:
    """One fault."""
    said = str(SAID[fault.kind])
    if fault.words:
        said = f"{said} “{fault.words}”"
    return _in_row(fault.row, said) if fault.row else said


def _in_row(row: int, said: str) -> str:
    """A sentence, with where."""
    return _("Row %(row)d: %(said)s") % {"row": row, "said": said}
