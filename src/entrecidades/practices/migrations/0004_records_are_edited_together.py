from django.db import migrations, models

VERSION = models.PositiveIntegerField(default=1, editable=False)
AT = models.DateTimeField(blank=True, editable=False, null=True)
BY = models.BigIntegerField(blank=True, editable=False, null=True)
FIELDS = {"version": VERSION, "removed_at": AT, "removed_by": BY}


class Migration(migrations.Migration):
    dependencies = [("practices", "0003_posting_reminded_of")]

    operations = [
        migrations.AddField(model_name=kind, name=name, field=field)
        for kind in ("posting", "practice")
        for name, field in FIELDS.items()
    ]
