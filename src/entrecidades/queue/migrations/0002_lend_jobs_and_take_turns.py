from django.db import migrations, models

from entrecidades.kernel import ids


def give_keys(apps, _schema_editor):
    """A promise made before keys gets one of its own."""
    Job = apps.get_model("queue", "Job")
    for job in Job.objects.filter(key=None).only("pk").iterator(chunk_size=1000):
        Job.objects.filter(pk=job.pk).update(key=ids.public_id())


class Migration(migrations.Migration):
    dependencies = [("queue", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="job", name="key", field=models.UUIDField(null=True, editable=False)
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="job",
            name="key",
            field=models.UUIDField(default=ids.public_id, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name="job",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("running", "running"),
                    ("done", "done"),
                    ("failed", "failed"),
                    ("cancelled", "cancelled"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Recurring",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("every", models.DurationField()),
                ("next_at", models.DateTimeField()),
            ],
            options={"ordering": ["name"]},
        ),
    ]
