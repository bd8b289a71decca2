"""``entrecidades verify-audit``, as an operator or an auditor sees it."""

import json

import pytest

from entrecidades.audit.models import Head, Trace
from entrecidades.audit.services import record
from entrecidades.cli.__main__ import main
from tests.audit.thief import sql
from tests.factories.network import EntityFactory
from tests.history import history_unguarded


@pytest.fixture
def acts(db):
    for _number in range(5):
        record("a:b:c", subject=EntityFactory(), by=None)


def verified(*words):
    """The exit code; 0 when the command comes to its end."""
    try:
        main(["verify-audit", *words])
    except SystemExit as stop:
        return stop.code
    return 0


def test_a_whole_history_is_sealed_told_and_passes(acts, capsys):
    assert verified() == 0
    head = Head.objects.get()
    assert capsys.readouterr().out == f"History is whole: 5 traces; head {head}\n"
    assert not Trace.objects.filter(position=None).exists()


def test_it_answers_programs(acts, capsys):
    assert verified("--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["whole"], told["position"], told["sealed_now"]) == (True, 5, 5)
    assert told["broken"] is None


def test_an_empty_history_is_whole(db, capsys):
    assert verified() == 0
    assert "nothing has been done yet" in capsys.readouterr().out


def test_a_broken_history_is_named_with_its_position(acts, capsys):
    verified()
    with history_unguarded():
        sql("UPDATE audit_trace SET act = 'forged' WHERE position = 3")
    capsys.readouterr()
    assert verified() == 1
    assert "broken at position 3: a trace was edited" in capsys.readouterr().out
    assert verified("--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["broken"] == {"position": 3, "kind": "edited"}


def test_a_published_head_is_passed_or_not(acts, capsys):
    verified()
    head = str(Head.objects.get())
    assert verified("--head", head, "--head", head.upper()) == 0
    assert verified("--head", f"5:{'0' * 64}") == 1
    assert "not the one whose head was published" in capsys.readouterr().out
    assert verified("--head", f"9:{'0' * 64}") == 1
    assert "broken at position 6: the end of the chain was cut off" in capsys.readouterr().out


@pytest.mark.parametrize("words", ["", "7", "7:abc", f"-7:{'0' * 64}", f"7:{'z' * 64}", "x:y"])
def test_what_is_no_head_is_refused(db, words, capsys):
    assert verified(f"--head={words}") == 2
    assert "write POSITION:HASH" in capsys.readouterr().err
