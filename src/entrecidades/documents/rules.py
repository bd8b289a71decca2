"""What is taken in and how it is given out, as tables: no database, no clock, no file."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entrecidades.documents.choices import FileKind
from entrecidades.documents.looking.problem import Problem
from entrecidades.kernel.errors import Refusal

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of file is named, declared by others, and given out by us.

    ``endings`` are those that its name may have, the first being ours; ``media_type`` is what we
    say it is, whoever handed it in; ``declared`` is what browsers may call it beside that.
    """

    endings: tuple[str, ...]
    media_type: str
    declared: frozenset[str] = frozenset()
    is_shown: bool = False


K = FileKind
KINDS: dict[FileKind, Manner] = {
    K.PDF: Manner(("pdf",), "application/pdf", is_shown=True),
    K.PNG: Manner(("png",), "image/png", is_shown=True),
    K.JPEG: Manner(("jpg", "jpeg"), "image/jpeg", frozenset({"image/pjpeg"}), is_shown=True),
    K.WEBP: Manner(("webp",), "image/webp", is_shown=True),
    K.DOCX: Manner(("docx",), f"{OFFICE}.wordprocessingml.document"),
    K.XLSX: Manner(("xlsx",), f"{OFFICE}.spreadsheetml.sheet"),
    K.ODT: Manner(("odt",), f"{OPEN}.text"),
    K.ODS: Manner(("ods",), f"{OPEN}.spreadsheet"),
    # Windows calls every CSV what its table of programs says.
    K.CSV: Manner(
        ("csv",),
        "text/csv; charset=utf-8",
        frozenset({"text/csv", "text/plain", "application/vnd.ms-excel"}),
    ),
    K.TXT: Manner(("txt", "text", "md"), "text/plain; charset=utf-8", frozenset({"text/plain"})),
}
PICTURES = frozenset({K.PNG, K.JPEG, K.WEBP})
PACKED = frozenset({K.DOCX, K.XLSX, K.ODT, K.ODS})
TEXTS = frozenset({K.CSV, K.TXT})
#: For a form: what it may offer to choose from.
ENDINGS = tuple(f".{ending}" for manner in KINDS.values() for ending in manner.endings)

#: What a browser would run: declared so, nothing is taken.
RUN = re.compile(r"html|svg|xml$|script|x-msdownload|x-sh|java|x-httpd|shockwave")

SAID: dict[Problem, str | Promise] = {
    Problem.EMPTY: _("The file is empty."),
    Problem.TOO_LARGE: _("The file is larger than %(limit)s."),
    Problem.NO_ROOM: _("Your body has used the %(quota)s that it may keep. Remove some first."),
    Problem.UNKNOWN: _("Files of this kind are not taken. Taken are %(kinds)s."),
    Problem.OLD_OFFICE: _("This is an older Office file. Save it as DOCX, XLSX, ODT or ODS."),
    Problem.OTHER_PICTURE: _("Pictures of this kind are not taken. Save it as JPEG or PNG."),
    Problem.ACTIVE: _("This is a web page or a program. Save it as PDF, if you can."),
    Problem.NAMED_OTHERWISE: _(
        "The name ends in “%(ending)s”, but the content is another kind of file: %(kind)s."
    ),
    Problem.DECLARED_OTHERWISE: _(
        "Your browser calls it “%(declared)s”, but the content is another kind of file: %(kind)s."
    ),
    Problem.BROKEN: _("The file is damaged. Open it, save it again, and hand in the new one."),
    Problem.MORE_THAN_ONE: _(
        "The file is two files in one. Save it again, and hand in the new one."
    ),
    Problem.TOO_HARD: _("The file is too complicated to be looked into. Make a simpler one."),
    Problem.TOO_MANY_PIXELS: _("The picture has more than %(pixels)s million pixels."),
    Problem.UNPACKS_TOO_LARGE: _("Unpacked, the file is far too large."),
    Problem.BAD_NAMES: _("Parts of the file have names that no office program gives."),
    Problem.LOCKED: _("The file is locked with a password or restrictions. Save it without."),
    Problem.MACROS: _("The file has macros or objects that run. Save it without."),
    Problem.OUTSIDE: _("The file fetches parts from elsewhere. Put them in, or take them out."),
    Problem.ENTITIES: _("The file defines entities, which no office program does."),
    Problem.SCRIPT: _("The PDF runs scripts or programs. Print it to a new PDF."),
    Problem.ATTACHED: _("Other files are attached inside the PDF. Hand them in by themselves."),
}


class NotTaken(Refusal):
    """The file is not one that the house keeps; every reason is told at once."""


class IsBound(Refusal):
    """The document is part of something that stays."""


def kind_by_ending(name: str) -> FileKind | None:
    """The kind that a name's ending promises.

    Examples
    --------
    >>> kind_by_ending("Ata.PDF").value, kind_by_ending("ata.pdf.exe")
    ('pdf', None)
    """
    ending = ending_of(name)
    return next((kind for kind, manner in KINDS.items() if ending in manner.endings), None)


def ending_of(name: str) -> str:
    """What stands after the last dot, in small letters."""
    stem, dot, ending = name.strip().rpartition(".")
    return ending.casefold() if dot and stem else ""


def declared_otherwise(declared: str, kind: FileKind) -> bool:
    """Whether a browser called a file what its content contradicts.

    What it does not know, or what we do not, is no contradiction.

    Examples
    --------
    >>> declared_otherwise("text/html", FileKind.PDF)
    True
    >>> declared_otherwise("application/octet-stream", FileKind.PDF)
    False
    """
    called = declared.partition(";")[0].strip().casefold()
    manner = KINDS[kind]
    if called in {manner.media_type.partition(";")[0], *manner.declared}:
        return False
    known = {one.media_type.partition(";")[0] for one in KINDS.values()}
    is_package = called.startswith((OFFICE, OPEN))
    return called in known or is_package or bool(RUN.search(called))


def clean_name(name: str, kind: FileKind, *, length: int = 120) -> str:
    r"""A file's name without folders, invisible signs and foreign endings.

    Examples
    --------
    >>> clean_name("../../etc/Ata nº 3.PDF", FileKind.PDF)
    'Ata nº 3.pdf'
    >>> clean_name("a\u202efdp.exe.pdf\0", FileKind.PDF)
    'afdp.exe.pdf'
    >>> clean_name("...", FileKind.CSV)
    'document.csv'
    """
    manner = KINDS[kind]
    base = re.split(r"[/\\]", name)[-1]
    kept = "".join(" " if one.isspace() else one for one in base if _is_seen(one))
    stem, dot, ending = unicodedata.normalize("NFC", kept).strip(" .").rpartition(".")
    if not dot or ending.casefold() not in manner.endings:
        stem = f"{stem}{dot}{ending}"
    words = re.sub(r'[<>:"|?*]+', "-", " ".join(stem.split())).strip(" .")
    return f"{words[:length].strip() or 'document'}.{manner.endings[0]}"


def _is_seen(sign: str) -> bool:
    """Whether a sign shows itself: no control, no direction, no half of a pair."""
    return sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def sentences(problems: Iterable[Problem], facts: dict[str, object]) -> list[str]:
    """Each problem once, as a sentence, in the order in which problems are told."""
    found = set(problems)
    return [str(SAID[one]) % facts for one in Problem if one in found]


def size_words(size: int) -> str:
    r"""A size as people say it.

    Examples
    --------
    >>> size_words(20 << 20), size_words(900), size_words(2 << 30)
    ('20\xa0MB', '1\xa0kB', '2\xa0GB')
    """
    for unit, bytes_ in (("GB", 1 << 30), ("MB", 1 << 20)):
        if size >= bytes_:
            return f"{size / bytes_:.1f}".removesuffix(".0") + f"\u00a0{unit}"
    return f"{max(1, round(size / 1024))}\u00a0kB"
