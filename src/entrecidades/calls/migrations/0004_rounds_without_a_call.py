"""A round belongs to a programme, and may be of none of its calls."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_programmes(apps, _schema_editor):
    """The programme of a round that is there already is its call's."""
    calls = apps.get_model("calls", "Call").objects.filter(pk=OuterRef("call"))
    rounds = apps.get_model("calls", "Round").objects.all()
    rounds.update(programme=Subquery(calls.values("programme")))


def programme(*, null):
    """The field, before and after it is known of all."""
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="rounds",
        to="cooperation.programme",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0003_first_contacts_of_pairs"),
        ("cooperation", "0008_introductions_are_convened"),
    ]

    operations = [
        migrations.AddField("round", "programme", programme(null=True)),
        migrations.RunPython(name_programmes, migrations.RunPython.noop, elidable=False),
        migrations.AlterField("round", "programme", programme(null=False)),
        migrations.AlterField(
            model_name="round",
            name="call",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="calls.call",
            ),
        ),
    ]
