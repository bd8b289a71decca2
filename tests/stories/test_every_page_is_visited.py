"""No page lands unseen: each address is either visited by a browser or shows no page."""

from tests.stories.visits import NOT_PAGES, VISITS, listed


def test_every_address_is_visited_or_shows_no_page():
    assert {*VISITS, *NOT_PAGES} == {*listed()}, "name it in tests/stories/visits.py"


def test_no_address_is_both():
    assert VISITS.keys() & NOT_PAGES.keys() == set()
