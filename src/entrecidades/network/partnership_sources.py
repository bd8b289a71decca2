"""The public lists that name known partnerships, by the keys partnerships keep of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list that anyone may read: its own title, where it is, under which licence."""

    title: "StrPromise | str"
    url: str
    licence: str


_TWIN_TOWNS = "https://en.wikipedia.org/wiki/Lists_of_twin_towns_and_sister_cities"
_WIKIDATA = "https://www.wikidata.org/wiki/Property:P190"
_SHARE_ALIKE, _ZERO = "CC BY-SA 4.0", "CC0 1.0"

PUBLIC_LISTS = {
    "wikipedia_2026": PublicList("Wikipedia (2026)", _TWIN_TOWNS, _SHARE_ALIKE),
    "wikipedia_2023": PublicList("Wikipedia (2023)", _TWIN_TOWNS, _SHARE_ALIKE),
    "wikidata_eu": PublicList("Wikidata P190", _WIKIDATA, _ZERO),
    "wikidata_2016_br": PublicList("Wikidata P190 (2016)", _WIKIDATA, _ZERO),
    "rgre_2015": PublicList("RGRE (2015)", "https://www.rgre.de/", "MIT"),
    "itwikipedia_2025": PublicList(
        "Wikipedia in italiano (2025)", "https://it.wikipedia.org/wiki/Gemellaggio", _SHARE_ALIKE
    ),
    "uk_2014": PublicList("Wikipedia (UK, 2014)", _TWIN_TOWNS, _SHARE_ALIKE),
    "bulgaria_2025": PublicList(
        "Bulgarian twin cities map (2025)",
        "https://github.com/p-germanov/bulgarian-twin-cities-map",
        "AGPL-3.0",
    ),
    "documented_web": PublicList(_("municipal laws and web pages"), "", ""),
    "declared": PublicList(_("declared by one of the two cities"), "", ""),
}


def public_list(key: str) -> PublicList:
    """The list of this key; one that is not known bears its key as its title.

    Examples
    --------
    >>> public_list("wikidata_eu").licence, public_list("aunt_maria").title
    ('CC0 1.0', 'aunt_maria')
    """
    return PUBLIC_LISTS.get(key) or PublicList(key, "", "")
