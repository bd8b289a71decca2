"""Say what known partnerships gave a counterpart its points: the facts that gave most, first."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entrecidades.matching.telling import Facts, Told, Topics, joined, most_telling

NAMED = 3
Names = Mapping[int, str]


def history_told(facts: Facts, names: Names) -> Told:
    """The sentences that give the points, those that give most first, and the first in short."""
    told = most_telling(TOPICS, facts, names)
    if facts["known"]:
        told.insert(0, (_("The two are partners already."), ""))
    return joined(told or [(_("Nothing in the known partnerships speaks for it."), "")])


def _shared(facts: Facts, names: Names) -> Told:
    """Partners in common."""
    shared = [names[row] for row in facts["shared"][:NAMED] if row in names]
    if not shared:
        return "", ""
    told = _("Partners in common: %(names)s.") % {"names": ", ".join(shared)}
    return told, _("partners in common")


def _chain(_facts: Facts, _names: Names) -> Told:
    """Partners of partners of partners."""
    return _("Cities with the same partners as you are partners of it."), _("the same circle")


def _neighbours(facts: Facts, names: Names) -> Told:
    """A town near the one and a town near the other."""
    for town, partner in facts["neighbours"][:1]:
        if town in names and partner in names:
            told = {"town": names[town], "partner": names[partner]}
            sentence = _("Near by, %(town)s and %(partner)s are partners.") % told
            return sentence, _("neighbours are partners")
    return "", ""


def _here(facts: Facts, _names: Names) -> Told:
    """Its partners in our country."""
    count = facts["partners_here"]
    if not count:
        return _("It has no partner in your country yet."), ""
    words = ngettext(
        "It has one partner in your country.", "It has %(count)d partners in your country.", count
    )
    return words % {"count": count}, _("at home in your country")


def _regions(facts: Facts, _names: Names) -> Told:
    """The nearest tie of its region: with our region, our country, or other countries."""
    if count := facts["regions"]:
        words = ngettext(
            "The two regions are joined by one known partnership.",
            "The two regions are joined by %(count)d known partnerships.",
            count,
        )
        return words % {"count": count}, _("regions in touch")
    if count := facts["region_here"]:
        words = ngettext(
            "Its region has one known partnership with your country.",
            "Its region has %(count)d known partnerships with your country.",
            count,
        )
        return words % {"count": count}, _("region in touch with your country")
    count = facts["abroad"]
    if not count:  # where nothing is known, a number of nothing is no reason
        return "", ""
    words = ngettext(
        "Its region has one known partnership with other countries.",
        "Its region has %(count)d known partnerships with other countries.",
        count,
    )
    return words % {"count": count}, ""


def _countries(facts: Facts, _names: Names) -> Told:
    """Links between the two countries."""
    count = facts["countries"]
    if not count:
        return "", ""
    words = ngettext(
        "The two countries are joined by one known partnership.",
        "The two countries are joined by %(count)d known partnerships.",
        count,
    )
    return words % {"count": count}, ""


def _visible(facts: Facts, _names: Names) -> Told:
    """How far it is known."""
    partners = ngettext("It has one partner", "It has %(count)d partners", facts["partners"]) % {
        "count": facts["partners"]
    }
    told = ngettext(
        "%(partners)s and one more name in other languages.",
        "%(partners)s and %(count)s more names in other languages.",
        facts["names"],
    )
    return told % {"partners": partners, "count": number_format(facts["names"])}, ""


def _around(facts: Facts, _names: Names) -> Told:
    """How much of a rival its surroundings are."""
    if facts["crowd"] < 1:
        return _("Few places around it have partners."), ""
    return _("The places around it have partners too."), ""


TOPICS: Topics = {
    "shared": (("shared_partners",), _shared),
    "chain": (("chain",), _chain),
    "neighbours": (("neighbours",), _neighbours),
    "here": (("partners_here",), _here),
    "regions": (("region_open", "region_country", "region_around", "region_pair"), _regions),
    "countries": (("countries",), _countries),
    "visible": (("degree", "names"), _visible),
    "around": (("crowding",), _around),
}
