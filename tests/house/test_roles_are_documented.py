"""The page on permissions tells of every role what it allows."""

import re

from entrecidades.accounts.permissions import DELEGABLE
from entrecidades.accounts.roles import GRANTS
from tests.house.source import REFERENCE, rows_of

RIGHT = re.compile(r"`(\w+:[\w-]+)`")


def test_every_role_is_listed_with_just_what_it_allows():
    told = {row[0]: set(RIGHT.findall(row[1])) for row in rows_of("permissions.md")}
    allowed = {role.value: {right.value for right in GRANTS[role].allows} for role in GRANTS}
    assert {role: told.get(role) for role in allowed} == allowed


def test_what_can_be_entrusted_is_listed():
    page = (REFERENCE / "permissions.md").read_text()
    told = page.split("that entrusted it: ")[1].split("\n\n")[0]
    assert set(RIGHT.findall(told)) == {right.value for right in DELEGABLE}
