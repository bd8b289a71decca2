"""Days as their readers write them: *1er mars*, *1º marzo*, *1º de março*; the others as numbers.

Django takes the formats of a language from the modules below, and its own where there is none.
Its sign ``S`` knows the English endings only (*1st*); here it says that of the reader's language.
"""

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

#: What follows the first day of a month; no other day has an ending in these languages.
ENDINGS = {"fr": "er", "it": "º", "pt-br": "º"}


def ending(self: DateFormat) -> str:
    """The ending of the first of a month, in the reader's language."""
    return ENDINGS.get(get_language() or "", "") if self.j() == 1 else ""


DateFormat.S = ending  # type: ignore[method-assign] # no setting leads there
