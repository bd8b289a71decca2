"""Accounts from before the table of addresses are given a row, once, that proves nothing."""

from importlib import import_module

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection

from tests.factories.accounts import PersonFactory

migration = import_module("entrecidades.accounts.migrations.0002_addresses_stand_in_a_table")


def keep():
    with connection.schema_editor(atomic=False) as editor:
        migration.keep_addresses(apps, editor)


def test_each_account_is_given_one_row_and_a_second_run_gives_no_other(transactional_db):
    person = PersonFactory(email="officer@maputo.example")
    proven = PersonFactory(email="officer@curitiba.example")
    EmailAddress.objects.create(user=proven, email=proven.email, verified=True, primary=True)
    keep()
    keep()
    rows = EmailAddress.objects.order_by("user_id").values_list("email", "verified", "primary")
    assert list(rows) == [(person.email, False, True), (proven.email, True, True)]
