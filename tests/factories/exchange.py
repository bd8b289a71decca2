"""Imports and doubtful rows, as an import of Mozambique's list might leave them."""

import datetime as dt
from dataclasses import asdict

import factory
from factory.django import DjangoModelFactory

from entrecidades.exchange.models import Batch, Doubt, Submission
from entrecidades.exchange.readers.official import Code, Origin, Unit
from entrecidades.network.choices import Tier
from tests.factories.network import EntityFactory


def row_of(country="MZ"):
    """A row as a doubt keeps it."""
    unit = Unit(7, Code("MZ-AUTARQUIA", "gaza-example"), "Example", Tier.MUNICIPALITY, country)
    return {
        **asdict(unit),
        "origin": asdict(Origin(country, "pt", "List", "https://list.example")),
    }


class BatchFactory(DjangoModelFactory):
    """An import that stands and made nothing."""

    class Meta:
        model = Batch

    kind = "official:MZ"
    file_name = "autarquias.csv"
    digest = "0" * 64
    at = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


class DoubtFactory(DjangoModelFactory):
    """A row that waits for a decision; it resembles the place given as ``near``, or none."""

    class Meta:
        model = Doubt

    class Params:
        near = None

    batch = factory.SubFactory(BatchFactory)
    line = 7
    name = "Example"
    row = factory.LazyFunction(row_of)

    @factory.lazy_attribute
    def candidates(self):
        """One place of a similar name, somewhat away."""
        reasons = [{"piece": "alike", "number": 0.8, "points": -2.0}]
        return [{"place": self.near.pk, "score": 0.6, "reasons": reasons}] if self.near else []


FINDING = {
    "sign": "?",
    "row": 7,
    "column": "name_a",
    "value": "Nenhures, BR",
    "problem": "No place of this name",
    "remedy": "Give the place's GeoNames number.",
    "candidates": [],
    "cells": ["p4", "Nenhures"],
}


ROLL = (
    {
        **FINDING,
        "column": "",
        "value": "Santa Rita, BR",
        "candidates": ["Santa Rita (Paraíba) · 0.95 · same name", "Santa Rita (Maranhão) · 0.95"],
        "keys": ["place:7", "place:8"],
    },
    {**FINDING, "sign": "-", "row": 0, "column": "", "value": "Older", "keys": ["9"]},
)


class SubmissionFactory(DjangoModelFactory):
    """A list of partnerships that was read: one pair is new, and one row is not certain.

    ``roll=True`` makes the list of an association's members, with a member it does not name.
    """

    class Meta:
        model = Submission

    class Params:
        roll = factory.Trait(
            kind="members",
            entity=factory.SubFactory(EntityFactory, association=True),
            counts=factory.LazyFunction(lambda: {"rows": 2, "members": 1, "doubtful": 1}),
            header=factory.LazyFunction(lambda: ["name"]),
            findings=factory.LazyFunction(lambda: [dict(one) for one in ROLL]),
        )

    kind = "partnerships"
    language = "en"
    at = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
    state = "staged"
    counts = factory.LazyFunction(lambda: {"rows": 2, "new": 1, "not_linked": 1, "problems": 0})
    header = factory.LazyFunction(lambda: ["pair_id", "name_a"])
    findings = factory.LazyFunction(lambda: [dict(FINDING)])
