"""What superiors lay down about the metadata of those below them (section 6.1).

Policies are merged from the anchor downwards, so that nobody below can loosen what was
laid down above, and are then applied to what the provider tells of itself.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from entrecidades.engines.federation.tokens import Facts, Untrusted

#: In the order in which they are applied.
OPERATORS = ("value", "add", "default", "one_of", "subset_of", "superset_of", "essential")
Rules = dict[str, dict[str, Any]]


def merged(policies: Iterable[Facts]) -> Rules:
    """Policies about one kind of metadata as one, those of the anchor first.

    Examples
    --------
    >>> merged([{"acr": {"subset_of": ["L1", "L2"]}}, {"acr": {"subset_of": ["L2", "L3"]}}])
    {'acr': {'subset_of': ['L2']}}
    """
    return reduce(_with, policies, {})


def _with(above: Rules, below: Facts) -> Rules:
    """The policy above with that below."""
    merged_rules = {name: dict(rules) for name, rules in above.items()}
    for name, rules in below.items():
        if not isinstance(rules, Mapping):
            raise Untrusted(f"the policy of “{name}” cannot be read")
        told = merged_rules.setdefault(name, {})
        for operator, value in rules.items():
            told[operator] = _both(operator, told[operator], value) if operator in told else value
    return merged_rules


def _both(operator: str, above: Any, below: Any) -> Any:
    """What one operator asks for where two lay it down."""
    if operator in {"add", "superset_of"}:
        return [*_listed(above), *(one for one in _listed(below) if one not in above)]
    if operator in {"one_of", "subset_of"}:
        both = [one for one in _listed(above) if one in _listed(below)]
        if operator == "one_of" and not both:
            raise Untrusted("two policies leave nothing to choose from")
        return both
    if operator == "essential":
        return above or below
    if above != below:
        raise Untrusted(f"two policies lay down another “{operator}”")
    return above


def applied(policy: Rules, metadata: Facts) -> dict[str, Any]:
    """Metadata as the policy lets it be.

    Operators that nobody here knows are passed over, as the standard wants it: whoever lays
    them down as critical is refused where the chain is proved.

    Raises
    ------
    Untrusted
        When the metadata is not as the policy wants it.

    Examples
    --------
    >>> applied({"acr": {"subset_of": ["L2"]}, "pkce": {"value": "S256"}}, {"acr": ["L1", "L2"]})
    {'acr': ['L2'], 'pkce': 'S256'}
    """
    told = dict(metadata)
    for name, rules in policy.items():
        value = _changed(told.get(name), rules)
        _check(name, value, rules)
        told[name] = value
    return {name: value for name, value in told.items() if value is not None}


def _changed(value: Any, rules: Facts) -> Any:
    """A value after what the policy changes."""
    if "value" in rules:
        value = rules["value"]
    if "add" in rules:
        held = _listed(value if value is not None else [])
        value = [*held, *(one for one in _listed(rules["add"]) if one not in held)]
    if value is None:
        value = rules.get("default")
    if isinstance(value, list) and "subset_of" in rules:
        value = [one for one in value if one in _listed(rules["subset_of"])] or None
    return value


def _check(name: str, value: Any, rules: Facts) -> None:
    """Refuse a value that is not as the policy wants it."""
    if value is None:
        wrong = bool(rules.get("essential"))
    else:
        held = value if isinstance(value, list) else [value]
        wrong = (
            ("value" in rules and value != rules["value"])
            or ("one_of" in rules and value not in _listed(rules["one_of"]))
            or ("subset_of" in rules and any(o not in _listed(rules["subset_of"]) for o in held))
            or any(one not in held for one in _listed(rules.get("superset_of", [])))
        )
    if wrong:
        raise Untrusted(f"its “{name}” is not as its superiors lay down")


def _listed(value: Any) -> list[Any]:
    """A list, or nothing that can be worked with."""
    if not isinstance(value, list):
        raise Untrusted("a policy cannot be read")
    return value
