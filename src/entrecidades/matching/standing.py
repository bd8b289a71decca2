"""Say what the role and the standing of a counterpart gave it: the facts that gave most, first."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from entrecidades.matching.telling import Facts, Told, Topics, joined, most_telling
from entrecidades.network.choices import ROLE_LABELS, Role

Names = Mapping[int, str]
# Classes of the engine's settings: most of the people around live here; among the five largest.
CENTRE, FIRST = 6, 2


def role_told(facts: Facts, names: Names) -> Told:
    """The sentences that give the points, and the first in short."""
    if not facts["same_kind"]:
        return _("They are bodies of different kinds."), ""
    return joined(most_telling(TOPICS, facts, names) or [_kind(facts, names)])


def _kind(_facts: Facts, _names: Names) -> Told:
    """Bodies of one kind."""
    return _("Both are bodies of the same kind."), ""


def _roles(facts: Facts, _names: Names) -> Told:
    """The roles both have, or else those of the other."""
    common = facts["roles"] & facts["other_roles"]
    if labels := _labels(common):
        return _("Both have the role: %(roles)s.") % {"roles": ", ".join(labels)}, labels[0]
    if labels := _labels(facts["other_roles"]):
        return _("It has the role: %(roles)s.") % {"roles": ", ".join(labels)}, ""
    return "", ""


def _labels(mask: int) -> list[str]:
    """The names of some roles."""
    return [str(ROLE_LABELS[role]) for role in Role if mask & role]


def _centre(facts: Facts, _names: Names) -> Told:
    """Whether they are the centre of what is around them."""
    ours, theirs = (weight >= CENTRE for weight, _rank in facts["settings"])
    if ours and theirs:
        return _("Both are the centre of their surroundings."), _("both a centre")
    if theirs:
        return _("It is the centre of its surroundings."), ""
    if ours:
        return _("It lies among other towns."), ""
    return _("Both lie among other towns."), ""


def _rank(facts: Facts, _names: Names) -> Told:
    """Whether they are among the largest of their regions."""
    ours, theirs = (rank <= FIRST for _weight, rank in facts["settings"])
    if ours and theirs:
        return _("Both are among the five largest of their regions."), ""
    if theirs:
        return _("It is among the five largest of its region."), ""
    if ours:
        return _("It is not among the largest of its region."), ""
    return _("Neither is among the largest of its region."), ""


TOPICS: Topics = {
    "roles": (("role", "shared_roles"), _roles),
    "kind": (("kind",), _kind),
    "centre": (("centre",), _centre),
    "rank": (("rank",), _rank),
}
