"""Every act that leaves a trace is explained in docs/reference/acts.md, and has its grammar."""

import re
from importlib import import_module

from entrecidades.web.presenters.history_words import DEEDS, STEPS
from tests.house.source import HOUSE, rows_of

GRAMMAR = re.compile(r"[a-z]+:[a-z-]+:[a-z-]+")


def acts():
    """Every act of every room."""
    for path in sorted(HOUSE.glob("*/choices.py")):
        room = import_module(f"entrecidades.{path.parent.name}.choices")
        if hasattr(room, "Act"):
            yield from (act.value for act in room.Act)


def test_every_act_is_documented_and_nothing_else():
    assert sorted(row[0] for row in rows_of("acts.md")) == sorted(acts())


def test_an_act_is_room_thing_verb():
    assert [act for act in acts() if not GRAMMAR.fullmatch(act)] == []


def test_an_act_belongs_to_the_room_it_names():
    for path in HOUSE.glob("*/choices.py"):
        room = import_module(f"entrecidades.{path.parent.name}.choices")
        for act in getattr(room, "Act", []):
            assert act.value.split(":")[0] == path.parent.name


def test_the_rule_sees_an_act():
    assert "cooperation:introduction:propose" in acts()
    assert not GRAMMAR.fullmatch("proposed an introduction")


def test_every_act_has_words_on_the_pages():
    told = {*DEEDS, *STEPS}
    assert told == {*acts()}
