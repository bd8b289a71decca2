import uuid

from django.db import migrations, models

import entrecidades.kernel.ids


def name_posts(apps, schema_editor):
    """Give each office an identifier of its own; the way back only drops the column."""
    alias = schema_editor.connection.alias
    posts = apps.get_model("network", "Post").objects.using(alias)
    for post in posts.all():
        post.public_id = uuid.uuid4()
        post.save(update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [("network", "0005_bodies_speak_of_records")]

    operations = [
        migrations.AddField(
            model_name="entity",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="post",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="post",
            name="removed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="post",
            name="removed_by",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        # One value for all rows would not be unique: the column comes empty, then is filled.
        migrations.AddField(
            model_name="post",
            name="public_id",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(name_posts, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="post",
            name="public_id",
            field=models.UUIDField(
                default=entrecidades.kernel.ids.public_id, editable=False, unique=True
            ),
        ),
    ]
