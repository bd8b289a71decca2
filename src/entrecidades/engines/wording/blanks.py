"""The blanks of our own models, filled by plain substitution: whatever fills one is never read.

Nothing here is a template engine. A blank is ``{name}`` with a name of `NAMES`; the filled text is
gone through once, so that a value that looks like a blank stays what it is.
"""

import re
from collections.abc import Mapping

#: What a model may leave to be filled from the agreement.
NAMES = (
    *("parties", "first_party", "second_party", "amended", "joining", "leaving"),
    *("themes", "start", "end", "languages"),
)
BLANK = re.compile(r"\{([a-z_]+)\}")
#: What stands where the agreement does not say it: a person must.
UNSAID = "[…]"


def fill(words: str, values: Mapping[str, str]) -> str:
    """The words of a model with its blanks filled; what nobody has said yet stays an open blank.

    Examples
    --------
    >>> fill("Entre {parties}, desde {start}.", {"parties": "{start} {{7*7}}"})
    'Entre {start} {{7*7}}, desde […].'
    """
    return BLANK.sub(lambda found: values.get(found[1]) or UNSAID, words)


def blanks_in(words: str) -> set[str]:
    """The names of the blanks in some words."""
    return {*BLANK.findall(words)}
