"""The matrix of `docs/reference/access.md`, read and tried: address × method × record × person."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import override

from tests.access.people import PEOPLE, STRANGERS
from tests.access.records import QUERIES, arguments, kind_of
from tests.house.source import rows_of

GROUPS = {
    "everybody": PEOPLE,
    "members": tuple(kind for kind in PEOPLE if kind not in STRANGERS),
    "strangers": STRANGERS,
    "nobody": (),
    "readers": ("technician", "officer", "approver", "admin", "coordinator"),
    "speakers": ("officer", "admin", "coordinator"),
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LOGIN = "/accounts/login/"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Row:
    """What happens to each kind of person who asks: may, login, missing or refused."""

    name: str
    method: str
    states: tuple[str, ...]
    expected: dict[str, str]


def rows():
    """The table, row by row."""
    for name, method, states, who, others, but in rows_of("access.md"):
        strangers, _slash, members = others.partition(" / ")
        expected = {
            person: strangers if person in STRANGERS else members or strangers for person in PEOPLE
        }
        for clause in filter(None, but.split("; ")):
            outcome, _colon, some = clause.partition(": ")
            expected |= dict.fromkeys(named(some), outcome)
        yield Row(name, method, tuple(states.split()), expected | dict.fromkeys(named(who), "may"))


def named(words):
    """The kinds of people, and groups of them, that a cell names."""
    return [person for word in words.split() for person in GROUPS.get(word, (word,))]


def addresses(patterns=None, space="", carried=()):
    """Every address of the house by name, with the names of what it carries."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = [*carried, *entry.pattern.regex.groupindex]
        if isinstance(entry, URLPattern):
            yield space + str(entry.name), sorted(here)
        else:
            inner = "" if isinstance(entry.pattern, LocalePrefixPattern) else entry.namespace
            deeper = f"{space}{inner}:" if inner else space
            yield from addresses(entry.url_patterns, deeper, here)


def path_of(name, parameters, kind, thing):
    """The address of a thing; of nothing: one that is formed well and leads nowhere."""
    carried = arguments(kind, thing)
    with override("en"):
        path = reverse(name, kwargs={key: carried[key] for key in parameters})
    return path + QUERIES.get(name, "")


def kinds_of(name):
    """The kinds of things an address may name; most name one."""
    several = {
        "sharing": ("posting", "practice", "introduction"),
        "own": ("posting", "practice"),
    }
    return several.get(kind_of(name), (kind_of(name),))


def asked(door, method, path, payload):
    """The answer to a person at her door; whatever she changed is taken back."""
    with transaction.atomic():
        form = (urlencode(payload, doseq=True), FORM) if method == "POST" else ("", FORM)
        response = door.generic(method, path, *form)
        response.words = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    return response


def outcome(response, method):
    """What an answer means to the person who asked."""
    status = response.status_code
    if status in {301, 302, 303}:
        return "login" if LOGIN in response["Location"] else "may"
    if status in {404, 405}:
        return "missing" if status == 404 else "no such method"
    given = (
        method == "GET" or "Content-Disposition" in response
    )  # a file, whichever way it is asked
    return "may" if status == 200 and given else "refused"
