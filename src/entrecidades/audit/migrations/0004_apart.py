"""Keep every word that could name somebody apart, each part under a salt of its own.

Traces from before stay as they were sealed: a person's own values become the one part ``own``,
which the old commitment covers; words that were sealed then stay sealed (docs/topics/history.md).
"""

import json

from django.db import migrations, models

import entrecidades.audit.fields
from entrecidades.audit.rules import canonical
from entrecidades.audit.triggers import guards, lifts

AT_ONCE = 1000


def lift(_apps, schema_editor):
    for statement in lifts(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def guard(_apps, schema_editor):
    for statement in guards(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def set_apart(_apps, schema_editor):
    """What was kept in two columns becomes one part, by its key, some rows at a time."""
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT id, salt, personal FROM audit_trace"
                " WHERE personal IS NOT NULL AND id > %s ORDER BY id LIMIT %s",
                [last, AT_ONCE],
            )
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            cursor.executemany(
                "UPDATE audit_trace SET apart = %s WHERE id = %s",
                [(canonical({"own": [salt, json.loads(own)]}), pk) for pk, salt, own in rows],
            )


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_body_index")]

    operations = [
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.RenameField("trace", "facts", "sealed_facts"),
        migrations.RenameField("trace", "changes", "sealed_changes"),
        migrations.AlterField("trace", "commitment", models.TextField(blank=True)),
        migrations.AddField(
            "trace", "apart", entrecidades.audit.fields.CanonicalField(default=dict)
        ),
        migrations.RunPython(set_apart),
        migrations.RemoveField("trace", "salt"),
        migrations.RemoveField("trace", "personal"),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
