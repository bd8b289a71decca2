import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cooperation", "0002_records_are_shared")]

    operations = [
        # When an open contact last moved was not kept: its silence begins now.
        migrations.AddField(
            model_name="introduction",
            name="moved_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="introduction",
            name="reminded_at",
            field=models.DateTimeField(null=True, blank=True, editable=False),
        ),
    ]
