"""Give each account a row for its address, so that it can be proven, and changed once it is.

One row for each account that has none; safe to run twice. On the way back the rows stay:
which of them were there before is no longer known, and they do no harm.
"""

from django.db import migrations


def keep_addresses(apps, schema_editor):
    """Add what is missing; nobody's address counts as proven by it."""
    alias = schema_editor.connection.alias
    people = apps.get_model("accounts", "Person").objects.using(alias)
    addresses = apps.get_model("account", "EmailAddress").objects.using(alias)
    kept = set(addresses.values_list("user_id", flat=True))
    addresses.bulk_create(
        addresses.model(user_id=pk, email=email, primary=True, verified=False)
        for pk, email in people.values_list("pk", "email")
        if pk not in kept
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(keep_addresses, migrations.RunPython.noop, elidable=True)]
