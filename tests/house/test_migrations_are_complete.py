"""The migrations tell all that the models say."""

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


@pytest.mark.django_db
def test_nothing_is_left_to_migrate(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True)
    assert "No changes detected" in capsys.readouterr().out


def test_the_rule_sees_a_change():
    told = MigrationLoader(None).project_state()
    changed = told.clone()
    changed.add_field("themes", "theme", "colour", models.TextField(default=""), True)  # noqa: FBT003 - Django's order
    found = MigrationAutodetector(told, ProjectState(changed.models)).changes(
        graph=MigrationLoader(None).graph
    )
    operations = [operation for change in found["themes"] for operation in change.operations]
    assert [type(operation) for operation in operations] == [migrations.AddField]
