from django.db import migrations, models

import entrecidades.network.models.change


class Migration(migrations.Migration):
    dependencies = [("network", "0002_mandates_have_roles")]

    operations = [
        migrations.AddField(
            model_name="placechange",
            name="turn",
            field=models.BigIntegerField(
                db_default=entrecidades.network.models.change.Turn(),
                db_index=True,
                editable=False,
            ),
        ),
    ]
