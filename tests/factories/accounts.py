"""People."""

import datetime as dt

import factory

from entrecidades.accounts.models import Nomination, Person

A_MOMENT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody who logs in; tests log her in by force, so she has no password."""

    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"person-{n}@example.org")
    language = "en"


class NominationFactory(factory.django.DjangoModelFactory):
    """One operator asks that somebody becomes one."""

    class Meta:
        model = Nomination

    person = factory.SubFactory(PersonFactory)
    asked_by = factory.SubFactory(PersonFactory, is_staff=True)
    reason = "She helps to run the site."
    asked_at = A_MOMENT
