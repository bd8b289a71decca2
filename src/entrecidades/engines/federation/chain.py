"""The chain of trust from a provider up to an anchor, found and proved within bounds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode, urlsplit

from entrecidades.engines.federation.policy import OPERATORS, applied, merged
from entrecidades.engines.federation.tokens import (
    Facts,
    Keys,
    Untrusted,
    claimed,
    keys_of,
    proved,
)

KIND = "entity-statement+jwt"
WELL_KNOWN = "/.well-known/openid-federation"
#: So many may stand between a provider and its anchor, so many superiors are tried of each, and
#: so many documents are read in all.
DEEPEST, WIDEST, MOST = 3, 4, 16
Fetch = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Trusted:
    """What is believed of a provider, and until when."""

    metadata: dict[str, Any]
    expires: float


@dataclass(frozen=True, slots=True)
class Member:
    """One of a federation: its name, and what it states about itself."""

    name: str
    token: str
    facts: Facts


@dataclass
class Search:
    """One search for a chain; it reads only so many documents, and looks at one clock."""

    fetch: Fetch
    now: float
    left: int = MOST

    def read(self, address: str) -> str:
        """One document more."""
        self.left -= 1
        if self.left < 0:
            raise Untrusted(f"the chain is longer than {MOST} documents")
        return self.fetch(address)

    def member(self, name: str) -> Member:
        """A member by what it states about itself, signed with a key that it calls its own."""
        token = self.read(f"{name.rstrip('/')}{WELL_KNOWN}")
        return Member(name, token, self.statement(token, name, name, keys_of(claimed(token))))

    def statement(self, token: str, by: str, about: str, keys: Keys) -> dict[str, Any]:
        """A statement that holds, or a sentence on why it does not."""
        try:
            facts = proved(token, keys, now=self.now, kind=KIND, iss=by, sub=about)
            _understood(facts)
        except Untrusted as wrong:
            raise Untrusted(f"what {by} states about {about}: {wrong}") from wrong
        return facts


def resolve(
    name: str, *, anchor: str, keys: Keys, fetch: Fetch, now: float, kind: str = "openid_provider"
) -> Trusted:
    """What may be believed of a member, proved by the anchor's keys.

    Raises
    ------
    Untrusted
        When no chain leads to the anchor, or none holds; the words are those of the last.
    """
    search = Search(fetch, now)
    failure = Untrusted(f"no superior of {name} leads to {anchor}")
    for path in _paths(search, [search.member(name)], anchor):
        try:
            return _proved(search, path, list(keys), kind)
        except Untrusted as wrong:
            failure = wrong
        except (TypeError, AttributeError, LookupError):
            # What others write may be anything, at any depth.
            failure = Untrusted(f"what is stated about {name} cannot be read")
    raise failure


def _paths(search: Search, below: list[Member], anchor: str) -> Iterator[list[Member]]:
    """Ways from a member up to the anchor, the nearest of each first, never in a circle."""
    hints = below[-1].facts.get("authority_hints")
    known = {member.name for member in below}
    names = [one for one in hints if isinstance(one, str)] if isinstance(hints, list) else []
    for name in sorted(names[:WIDEST], key=lambda one: one != anchor):
        if name in known or (name != anchor and len(below) > DEEPEST):
            continue
        try:
            path = [*below, search.member(name)]
        except Untrusted:
            # Another superior may lead there; but whoever has read too much stops for good.
            if search.left < 0 or len(names) == 1:
                raise
            continue
        if name == anchor:
            yield path
        else:
            yield from _paths(search, path, anchor)


def _proved(search: Search, path: Sequence[Member], keys: Keys, kind: str) -> Trusted:
    """What a chain proves: each key is told by who stands above, the first by the operator."""
    *_below, anchor = path
    search.statement(anchor.token, anchor.name, anchor.name, keys)
    stated, expires = [], [member.facts["exp"] for member in path]
    for superior, member in pairwise(reversed(path)):
        door = _door(superior)
        asked = f"{door}{'&' if '?' in door else '?'}{urlencode({'sub': member.name})}"
        facts = search.statement(search.read(asked), superior.name, member.name, keys)
        keys = keys_of(facts)
        search.statement(member.token, member.name, member.name, keys)
        stated.append(facts)
        expires.append(facts["exp"])
    _within_bounds(path, stated, kind)
    provider = path[0]
    told = _part(provider.facts, "metadata", kind) | _part(stated[-1], "metadata", kind)
    if not told:
        raise Untrusted(f"{provider.name} does not say that it is an {kind}")
    policy = merged(_part(facts, "metadata_policy", kind) for facts in stated)
    return Trusted(applied(policy, told), min(expires))


def _door(superior: Member) -> str:
    """Where a superior tells about those below it: at its own host."""
    door = _part(superior.facts, "metadata", "federation_entity").get("federation_fetch_endpoint")
    if not isinstance(door, str) or urlsplit(door).netloc != urlsplit(superior.name).netloc:
        raise Untrusted(f"{superior.name} does not tell at its own host about those below it")
    return door


def _part(facts: Facts, name: str, kind: str) -> dict[str, Any]:
    """What a statement tells about one kind of member."""
    told = facts.get(name, {})
    part = told.get(kind, {}) if isinstance(told, Mapping) else None
    if not isinstance(part, Mapping):
        raise Untrusted(f"the {name} of {facts['sub']} cannot be read")
    return dict(part)


def _understood(facts: Facts) -> None:
    """Refuse what is critical in words that nobody here knows."""
    critical = facts.get("metadata_policy_crit", [])
    known = isinstance(critical, list) and all(one in OPERATORS for one in critical)
    if facts.get("crit") or not known:
        raise Untrusted("it asks for what nobody here understands")


def _within_bounds(path: Sequence[Member], stated: Sequence[Facts], kind: str) -> None:
    """Refuse a chain that is longer, or of other members, than those above allow."""
    names = [member.name for member in reversed(path)]
    # The anchor may bind all below it in its own statement too.
    for place, facts in [(0, path[-1].facts), *enumerate(stated)]:
        bounds = facts.get("constraints", {})
        if not isinstance(bounds, Mapping):
            raise Untrusted(f"the constraints of {facts['iss']} cannot be read")
        longest = bounds.get("max_path_length")
        if isinstance(longest, int) and len(stated) - 1 - place > longest:
            raise Untrusted(f"the chain is longer than {facts['iss']} allows")
        for name in names[place + 1 :]:
            _may_be_named(name, bounds, facts["iss"])
        for word in ("allowed_entity_types", "allowed_leaf_entity_types"):
            if word in bounds and kind not in bounds[word]:
                raise Untrusted(f"{facts['iss']} allows no {kind} there")


def _may_be_named(name: str, bounds: Facts, by: str) -> None:
    """Refuse a member at a host that a superior does not allow (section 6.2.2)."""
    told = bounds.get("naming_constraints", {})
    host = urlsplit(name).hostname or ""

    def among(word: str) -> bool:
        return any(
            host.endswith(one) if one.startswith(".") else host == one for one in told[word]
        )

    if ("permitted" in told and not among("permitted")) or (
        "excluded" in told and among("excluded")
    ):
        raise Untrusted(f"{by} does not allow {name}")
