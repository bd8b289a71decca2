"""Keep spreadsheets from computing what somebody typed; nothing of it is lost."""

import unicodedata

#: What a spreadsheet takes for the beginning of a formula, once blanks are passed over.
TRIGGERS = frozenset("=+-@\u2212")
MARK = "'"


def _passed_over(sign: str) -> bool:
    """Whether a spreadsheet may look past a sign: blanks, controls, the invisible."""
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}


def is_live(text: str) -> bool:
    """Whether a cell with this text could be computed.

    Examples
    --------
    >>> is_live("=1+1"), is_live("  @cmd"), is_live("＝1"), is_live("Maputo")
    (True, True, True, False)
    """
    if not text or text[0].isalnum():  # nearly every cell
        return False
    if text[0] in "\t\r\n\0":
        return True
    first = next((sign for sign in text if not _passed_over(sign)), "")
    # Full-width and small forms are the same sign to a spreadsheet.
    return unicodedata.normalize("NFKC", first)[:1] in TRIGGERS if first else False


def escape(text: str) -> str:
    """Put a mark before a text that could be computed, and before one that begins with the mark.

    Examples
    --------
    >>> escape("=1+1"), escape("'t Harde"), escape("Maputo")
    ("'=1+1", "''t Harde", 'Maputo')
    """
    return MARK + text if text.startswith(MARK) or is_live(text) else text


def unescape(text: str) -> str:
    """Give back what `escape` was given.

    Examples
    --------
    >>> unescape(escape("=1+1")), unescape(escape("'t Harde")), unescape("Maputo")
    ('=1+1', "'t Harde", 'Maputo')
    """
    return text.removeprefix(MARK)
