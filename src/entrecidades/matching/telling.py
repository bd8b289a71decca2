"""Tell the facts that gave a part its points: those that gave most, first."""

from collections.abc import Callable, Mapping
from typing import Any

# So many facts are told at most, and none that gives less than this much of 100 points.
MOST, LEAST = 3, 0.3

Facts = Mapping[str, Any]
Told = tuple[str, str]
"""A sentence, and the same in two or three words; empty where there is nothing to say."""

Topics = Mapping[str, tuple[tuple[str, ...], Callable[[Facts, Mapping[int, str]], Told]]]
"""What can be told: the features whose points it tells, and how."""


def most_telling(topics: Topics, facts: Facts, names: Mapping[int, str]) -> list[Told]:
    """What gave the most points, in the order of the points."""
    given = facts["points"]
    sums = {
        topic: sum(given.get(name, 0.0) for name in features)
        for topic, (features, _tell) in topics.items()
    }
    ranked = sorted(sums, key=lambda topic: -sums[topic])
    told = [topics[topic][1](facts, names) for topic in ranked if sums[topic] >= LEAST]
    return [one for one in told if one[0]][:MOST]


def joined(told: list[Told]) -> Told:
    """The sentences as one, and the first short form."""
    short = next((short for _sentence, short in told if short), "")
    return " ".join(sentence for sentence, _short in told), short
