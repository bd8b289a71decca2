"""What speaks against a file."""

from enum import StrEnum


class Problem(StrEnum):
    """What speaks against a file; `documents.rules.SAID` has the sentence for each."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NO_ROOM = "no_room"
    UNKNOWN = "unknown"
    OLD_OFFICE = "old_office"
    OTHER_PICTURE = "other_picture"
    ACTIVE = "active"
    NAMED_OTHERWISE = "named_otherwise"
    DECLARED_OTHERWISE = "declared_otherwise"
    BROKEN = "broken"
    MORE_THAN_ONE = "more_than_one"
    TOO_HARD = "too_hard"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    BAD_NAMES = "bad_names"
    LOCKED = "locked"
    MACROS = "macros"
    OUTSIDE = "outside"
    ENTITIES = "entities"
    SCRIPT = "script"
    ATTACHED = "attached"


class Found(Exception):
    """A problem was found after which there is no sense in looking on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem
