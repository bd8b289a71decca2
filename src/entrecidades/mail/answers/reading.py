"""What somebody said in an answer, without the letter that it answers."""

import re
from email.message import EmailMessage
from html import unescape

import nh3

#: Our letters begin with a line between these; what stands below it was said by us.
MARK = "##----"
END = "----##"
# A mail programme may break the line, and put signs of quotation before it.
MARKED = re.compile(rf"^[^\n]*{MARK}.{{0,200}}?{END}", re.MULTILINE | re.DOTALL)
BREAKS = re.compile(r"<br\b[^>]*>|</(?:p|div|li|tr|h[1-6]|blockquote)>", re.IGNORECASE)
QUOTE = re.compile(r"^\s*>")
# Lines that lead over to what is quoted: "----- Mensagem original -----", "_______".
RULE = re.compile(r"^[\s>*]*[-_–—]{3,}.*$")
#: So many lines at the end may be the head of what is quoted ("From: … Sent: … To: …").
HEAD = 12
#: "On Thursday … Entrecidades" may be broken into so many lines before the one with the address.
BROKEN = 2


def is_automatic(letter: EmailMessage) -> bool:
    """Whether a machine wrote it: an absence note, a report of a mail server, a list."""
    said = {name: str(letter.get(name, "")).strip().lower() for name in (
        "Auto-Submitted", "Precedence", "Return-Path"
    )}  # fmt: skip
    return (
        said["Auto-Submitted"] not in {"", "no"}
        or said["Precedence"] in {"bulk", "junk", "list", "auto_reply"}
        or said["Return-Path"] == "<>"
        or any(name in letter for name in ("X-Autoreply", "X-Autorespond", "List-Id"))
        or letter.get_content_type() == "multipart/report"
    )


def said_in(letter: EmailMessage, sender: str) -> str:
    """The words above our letter's first line, without what introduces the quotation.

    Parameters
    ----------
    sender
        The address from which our letters come. Every mail programme names the writer of what
        it quotes, in whatever language and form, so that no list of "… wrote:" is needed.
    """
    text = text_of(letter).replace("\r\n", "\n").replace("\r", "\n")
    marked = MARKED.search(text)
    lines = (text[: marked.start()] if marked else text).split("\n")
    if marked:
        lines = lines[: _introduction(lines, sender)]
    if "-- " in lines:
        lines = lines[: lines.index("-- ")]
    while lines and (not lines[-1].strip() or QUOTE.match(lines[-1]) or RULE.match(lines[-1])):
        lines.pop()
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def text_of(letter: EmailMessage) -> str:
    """The text of a letter; of one that has markup alone, the markup's."""
    part = letter.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        said = str(part.get_content())
    except (LookupError, KeyError):  # a set of signs that nobody knows
        said = bytes(part.get_payload(decode=True) or b"").decode(errors="replace")
    return said if part.get_content_subtype() == "plain" else _plain(said)


def files_in(letter: EmailMessage) -> int:
    """How many files came with it, not counting pictures of a signature."""
    return sum(1 for part in letter.iter_attachments() if not part.get("Content-ID"))


def _plain(markup: str) -> str:
    """The text of markup, a line for each block."""
    folded = " ".join(markup.split())
    lines = unescape(nh3.clean(BREAKS.sub("\n", folded), tags=set())).split("\n")
    return "\n".join(line.strip() for line in lines)


def _introduction(lines: list[str], sender: str) -> int:
    """The first of the lines that introduce what is quoted; the number of lines if none do."""
    first = max(0, len(lines) - HEAD)
    naming = (n for n in range(first, len(lines)) if sender.casefold() in lines[n].casefold())
    begin = next(naming, len(lines))
    highest = max(first, begin - BROKEN)
    while highest < begin < len(lines) and lines[begin - 1].strip():
        begin -= 1
    return begin
