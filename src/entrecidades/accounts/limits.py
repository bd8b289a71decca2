"""The table of limits: how often a person, a network and everybody together may try.

The numbers of the log-in are those of the Python Package Index. What a person is counted
under bears her network too, wherever counting her alone would let a stranger lock her out.
"""

from enum import StrEnum

from entrecidades.kernel.allowances import Limit

MINUTE, HOUR, DAY = 60, 3_600, 86_400


class Scope(StrEnum):
    """Whose tries are counted together."""

    PERSON = "person"
    PERSON_HERE = "person-here"  # one person from one network
    NETWORK = "network"
    EVERYBODY = "everybody"


class Attempt(StrEnum):
    """What is tried."""

    LOG_IN = "log-in"
    LETTER = "letter"
    CODE = "code"
    PASSKEY = "passkey"
    SECOND_PROOF = "second-proof"
    PROOF_AGAIN = "proof-again"
    NEW_PASSWORD = "new-password"  # noqa: S105 - a name of what is tried
    NEW_ADDRESS = "new-address"
    JOIN_CODE = "join-code"
    JOIN = "join"
    INVITE = "invite"
    CLAIM = "claim"
    SEARCH = "search"
    EXPORT = "export"
    API = "api"


LIMITS: dict[Attempt, dict[Scope, tuple[Limit, ...]]] = {
    Attempt.LOG_IN: {
        Scope.PERSON_HERE: (Limit(10, 5 * MINUTE),),
        Scope.NETWORK: (Limit(10, 5 * MINUTE),),
        Scope.EVERYBODY: (Limit(1000, 5 * MINUTE),),
    },
    Attempt.LETTER: {
        Scope.PERSON_HERE: (Limit(5, 15 * MINUTE),),
        Scope.NETWORK: (Limit(20, HOUR),),
        Scope.PERSON: (Limit(30, DAY),),  # a letter-box is not to be flooded from many networks
    },
    Attempt.CODE: {Scope.NETWORK: (Limit(30, 5 * MINUTE),)},
    Attempt.PASSKEY: {Scope.NETWORK: (Limit(30, 5 * MINUTE),)},
    # Who tries a second proof has given the first one: here the person alone is counted.
    Attempt.SECOND_PROOF: {Scope.PERSON: (Limit(5, 5 * MINUTE), Limit(20, HOUR), Limit(50, DAY))},
    Attempt.PROOF_AGAIN: {Scope.PERSON: (Limit(5, 5 * MINUTE), Limit(20, HOUR), Limit(50, DAY))},
    # Five letters that a stranger asked for hold five links that are hers to use.
    Attempt.NEW_PASSWORD: {Scope.PERSON: (Limit(5, DAY),), Scope.NETWORK: (Limit(20, HOUR),)},
    Attempt.NEW_ADDRESS: {Scope.PERSON: (Limit(3, 6 * HOUR),)},
    # With twenty letters in eight places and a hundred tries in five minutes, a year of guessing
    # finds one of a thousand open invitations less than once.
    Attempt.JOIN_CODE: {
        Scope.NETWORK: (Limit(10, 5 * MINUTE),),
        Scope.EVERYBODY: (Limit(100, 5 * MINUTE),),
    },
    Attempt.JOIN: {Scope.PERSON: (Limit(5, DAY),), Scope.NETWORK: (Limit(20, HOUR),)},
    Attempt.INVITE: {Scope.PERSON: (Limit(50, DAY),)},
    Attempt.CLAIM: {Scope.PERSON: (Limit(5, DAY),), Scope.NETWORK: (Limit(5, HOUR),)},
    Attempt.SEARCH: {Scope.NETWORK: (Limit(5, 1),)},
    Attempt.EXPORT: {Scope.NETWORK: (Limit(10, MINUTE),)},
    Attempt.API: {Scope.NETWORK: (Limit(20, 1),)},
}
