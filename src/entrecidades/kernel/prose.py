"""What people write, as harmless markup: paragraphs, lists, emphasis and links, nothing else.

People write plain text. A line that begins with a dash is a point of a list, with a number and a
dot one of a counted list; ``*so*`` and ``**so**`` are emphasis; an address is a link. Everything
else is shown as it stands. What comes of it passes through an allow-list in the end, so that a
mistake made here is not one on the page.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

import nh3

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https"}
REL = "nofollow noopener noreferrer"
POINT, COUNTED = re.compile(r"\s{0,3}[-•–]\s+(?=\S)"), re.compile(r"\s{0,3}\d{1,3}[.)]\s+(?=\S)")
INLINE = re.compile(
    r"\[(?P<words>[^\]\[\n]{1,200})\]\((?P<to>https?://[^\s()<>\"']{1,500})\)"
    r"|(?P<bare>https?://[^\s<>\"']{1,500})"
    r"|\*\*(?P<strong>[^\s*](?:[^*\n]{0,500}[^\s*])?)\*\*"
    r"|(?<![\w*])\*(?P<em>[^\s*](?:[^*\n]{0,500}[^\s*])?)\*(?![\w*])"
)
AFTER = ".,;:!?)]"


def prose(words: str) -> str:
    r"""The words as markup that does nothing.

    Examples
    --------
    >>> prose("Olá *Maputo*\n\n- one\n- <b>two")
    '<p>Olá <em>Maputo</em></p><ul><li>one</li><li>&lt;b&gt;two</li></ul>'
    """
    made = "".join(_blocks(words.replace("\0", "").replace("\r\n", "\n")))
    return nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL)


def _blocks(words: str) -> Iterator[str]:
    """Each paragraph and each list."""
    for block in re.split(r"\n[ \t]*\n", words.strip("\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        for sign, group in groupby(lines, key=_sign_of):
            if sign is None:
                yield f"<p>{'<br>'.join(_inline(line.strip()) for line in group)}</p>"
                continue
            tag = "ul" if sign is POINT else "ol"
            points = "".join(f"<li>{_inline(sign.sub('', line, count=1))}</li>" for line in group)
            yield f"<{tag}>{points}</{tag}>"


def _sign_of(line: str) -> re.Pattern[str] | None:
    """With which sign of a list a line begins."""
    return next((sign for sign in (POINT, COUNTED) if sign.match(line)), None)


def _inline(line: str) -> str:
    """A line with its emphasis and its links."""
    made, at = [], 0
    for found in INLINE.finditer(line):
        made.append(escape(line[at : found.start()]))
        made.append(_marked(found))
        at = found.end()
    return "".join([*made, escape(line[at:])])


def _marked(found: re.Match[str]) -> str:
    """A link, or something that is emphasised."""
    if found["bare"]:
        address = found["bare"].rstrip(AFTER)
        return _link(address, address) + escape(found["bare"][len(address) :])
    if found["to"]:
        return _named_link(found["words"], found["to"])
    tag = "strong" if found["strong"] else "em"
    return f"<{tag}>{escape(found['strong'] or found['em'])}</{tag}>"


def _named_link(words: str, to: str) -> str:
    """A link under other words; behind it stands where it leads, which words may hide."""
    try:
        host = urlsplit(to).hostname or to
    except ValueError:
        return escape(f"[{words}]({to})")
    return f"{_link(words, to)} ({escape(host)})"


def _link(words: str, to: str) -> str:
    """A link."""
    return f'<a href="{escape(to)}">{escape(words)}</a>'
