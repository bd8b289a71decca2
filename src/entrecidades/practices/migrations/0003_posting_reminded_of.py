from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_records_are_shared")]

    operations = [
        migrations.AddField(
            model_name="posting",
            name="reminded_of",
            field=models.DateField(null=True, blank=True, editable=False),
        ),
    ]
