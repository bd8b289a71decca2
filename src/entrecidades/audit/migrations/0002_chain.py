"""Chain the traces; the database guards them from 0004 on, which knows all their columns.

No release was made yet: the traces so far are those of trials, and go.
"""

from django.db import migrations, models

import entrecidades.audit.fields


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Trace"),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.BigIntegerField(default=0)),
                (
                    "hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                    ),
                ),
                ("sealed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=80)),
                ("by_id", models.BigIntegerField(null=True)),
                ("body_id", models.BigIntegerField(null=True)),
                ("about_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("facts", entrecidades.audit.fields.CanonicalField(default=dict)),
                ("changes", entrecidades.audit.fields.CanonicalField(default=dict)),
                ("commitment", models.CharField(blank=True, max_length=64)),
                ("salt", models.CharField(max_length=64, null=True)),
                ("personal", entrecidades.audit.fields.CanonicalField(null=True)),
                ("position", models.BigIntegerField(null=True)),
                ("hash", models.CharField(max_length=64, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["subject", "-id"], name="trace_subject"),
                    models.Index(fields=["by_id", "-id"], name="trace_by"),
                    models.Index(fields=["at"], name="trace_at"),
                    models.Index(
                        condition=models.Q(("about_id__isnull", False)),
                        fields=["about_id"],
                        name="trace_about",
                    ),
                    models.Index(
                        condition=models.Q(("position__isnull", True)),
                        fields=["id"],
                        name="trace_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("position",), name="trace_one_position")
                ],
            },
        ),
    ]
