"""Every view is closed to strangers unless it opens itself and is listed as public."""

import inspect

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from tests.house.source import rows_of

AUDIENCES = {"everybody", "members", "operators", "builders"}
# Builders and operators are told apart inside the view; the door knows only these two.
DOORS = {"builders": "everybody", "operators": "members"}


def views(patterns=None, space=""):
    """Every address of the house: its name and its view."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            yield space + str(entry.name), entry.callback
        else:
            inner = (
                space if isinstance(entry.pattern, LocalePrefixPattern) else names(entry, space)
            )
            yield from views(entry.url_patterns, inner)


def names(entry, space):
    return f"{space}{entry.namespace}:" if entry.namespace else space


def is_open(view):
    return not getattr(view, "login_required", True)


def test_every_view_is_listed_with_its_audience_and_nothing_else():
    listed = {row[0]: row[1] for row in rows_of("permissions.md") if row[1] in AUDIENCES}
    opened = {name: "everybody" if is_open(view) else "members" for name, view in views()}
    assert {name: DOORS.get(kind, kind) for name, kind in listed.items()} == opened


def test_what_is_listed_for_operators_is_for_nobody_else():
    listed = {row[0] for row in rows_of("permissions.md") if row[1] == "operators"}
    assert {name for name, view in views() if getattr(view, "operators_only", False)} == listed


def test_our_views_take_a_request_and_say_what_they_do():
    ours = [(name, view) for name, view in views() if view.__module__.startswith("entrecidades.")]
    assert [name for name, view in ours if not inspect.unwrap(view).__doc__] == []


def test_the_rule_sees_an_open_view():
    def closed(request):
        """A view as it is by default."""

    assert not is_open(closed)
    assert is_open(login_not_required(closed))
