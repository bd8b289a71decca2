"""``entrecidades duplicates``: the whole way at the terminal, and what it says when it cannot."""

import json

import pytest

from entrecidades.cli.__main__ import main
from entrecidades.network.choices import DuplicateState
from entrecidades.network.models import Duplicate, Membership, Merge
from tests.factories.network import EntityFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    one = EntityFactory(name="Example", slug="example", association=True)
    other = EntityFactory(name="Example", slug="example-2", association=True)
    MembershipFactory(group=other)
    return one, other


@pytest.fixture
def told(capsys):
    def run(*words):
        capsys.readouterr()
        main(["duplicates", *words, "--format", "json"])
        return json.loads(capsys.readouterr().out)

    return run


def test_found_listed_merged_and_undone(two, told):
    assert told("find") == {"compared": 3, "new": 1, "gone": 0}
    (row,) = told("list", "--country", "br", "--score", "0.5")
    assert (row["one"], row["other"], row["why"]) == (
        "br/example",
        "br/example-2",
        "same name, same kind of body",
    )
    plan = told("merge", "br/example", "br/example-2")
    assert plan["rows"] == [{"table": "network.Membership", "becomes": "move", "rows": 1}]
    assert not Merge.objects.exists()
    number = told("merge", "br/example", "br/example-2", "--apply")["merge"]
    assert Membership.objects.get().group == two[0]
    main(["duplicates", "undo", str(number), "--dry-run"])
    main(["duplicates", "undo", str(number)])
    assert Membership.objects.get().group == two[1]


def test_dismissed_it_waits_no_longer(two, told):
    told("find")
    main(["duplicates", "dismiss", str(Duplicate.objects.get().pk)])
    assert told("list") == []
    assert [row["state"] for row in told("list", "--state", "all")] == [DuplicateState.DIFFERENT]


@pytest.mark.parametrize(
    "words",
    [
        ["merge", "br/nobody", "br/example"],
        ["merge", "br/example", "br/example", "--apply"],
        ["merge", "\0", "é" * 500],
        ["dismiss", "999"],
        ["undo", "999"],
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(two, words, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["duplicates", *words])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("entrecidades: ")
