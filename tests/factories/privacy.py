"""Requests and incidents, as they might be noted in the year of the Lyon encounter."""

import datetime as dt

from factory.django import DjangoModelFactory

from entrecidades.privacy.models import DataRequest, Incident

BEGAN, DUE = (dt.datetime(2009, 11, day, 12, 0, tzinfo=dt.UTC) for day in (9, 24))


class DataRequestFactory(DjangoModelFactory):
    """A person without an account asks what is held about her."""

    class Meta:
        model = DataRequest

    kind, country, law = "access", "MZ", "house"
    email = "reader@people.example"
    began_at, due_at = BEGAN, DUE


class IncidentFactory(DjangoModelFactory):
    """A backup was lost; the authority has not been told."""

    class Meta:
        model = Incident

    title, country, law = "A backup was lost", "BR", "lgpd"
    began_at, due_at = BEGAN, DUE
