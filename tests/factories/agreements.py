"""Agreements and who takes part in them."""

import datetime as dt

import factory

from entrecidades.agreements.choices import AgreementKind
from entrecidades.agreements.models import (
    Agreement,
    Approval,
    Party,
    Remark,
    Signatory,
    SignedFile,
    Text,
    Version,
)
from entrecidades.engines.wording.clauses import digest
from entrecidades.network.choices import Visibility
from tests.factories.documents import DocumentFactory
from tests.factories.network import EntityFactory


class AgreementFactory(factory.django.DjangoModelFactory):
    """A memorandum of a city of Mozambique with a city of Brazil, just opened.

    ``partners=[…]`` names the other parties, ``observers=[…]`` who accompanies it.
    ``binding=True`` makes one in force. A drafter is always a party.
    """

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    class Params:
        binding = factory.Trait(
            state="in_force",
            signed_on=dt.date(2009, 3, 1),
            in_force_from=dt.date(2009, 4, 1),
        )

    reference = factory.Sequence(lambda n: f"BRMZ-2009-{n + 500:03}")
    kind = AgreementKind.MEMORANDUM
    title = factory.LazyFunction(lambda: {"en": "Waste in small streets"})
    languages = factory.LazyFunction(lambda: ["pt", "pt-br"])
    drafter = factory.SubFactory(EntityFactory, country__code="MZ")
    visibility = Visibility.PARTNER
    opened_at = dt.datetime(2009, 5, 2, 9, 0, tzinfo=dt.UTC)
    moved_at = factory.SelfAttribute("opened_at")
    heard_at = factory.SelfAttribute("opened_at")

    @factory.post_generation
    def partners(agreement, create, bodies):  # noqa: N805 (factory boy gives the thing made)
        """The drafter and the others, a city of Brazil unless somebody is named."""
        if create:
            PartyFactory(agreement=agreement, entity=agreement.drafter)
            for body in [EntityFactory(country__code="BR")] if bodies is None else bodies:
                PartyFactory(agreement=agreement, entity=body)

    @factory.post_generation
    def observers(agreement, create, bodies):  # noqa: N805
        """Who accompanies it."""
        if create:
            for body in bodies or ():
                PartyFactory(agreement=agreement, entity=body, role="observer")


class PartyFactory(factory.django.DjangoModelFactory):
    """A body takes part in an agreement."""

    class Meta:
        model = Party

    agreement = factory.SubFactory(AgreementFactory)
    entity = factory.SubFactory(EntityFactory)


class ApprovalFactory(factory.django.DjangoModelFactory):
    """The municipal assembly is still to approve."""

    class Meta:
        model = Approval

    party = factory.SubFactory(PartyFactory)
    key = "mz-assembly"
    title = factory.LazyFunction(lambda: {"en": "Resolution of the municipal assembly"})
    law = factory.LazyFunction(lambda: {"en": "Law 12/2023"})
    source_url = "https://law.example/12-2023"
    checklist_of = dt.date(2009, 1, 1)
    stage = "signature"


class SignatoryFactory(factory.django.DjangoModelFactory):
    """A mayor signs for a party."""

    class Meta:
        model = Signatory

    party = factory.SubFactory(PartyFactory)
    name = "Ana Example"
    post = "Mayor"


class TextFactory(factory.django.DjangoModelFactory):
    """A text of four clauses in the agreement's languages, as it is written."""

    class Meta:
        model = Text

    class Params:
        count = 4

    agreement = factory.SubFactory(AgreementFactory)
    title = factory.LazyAttribute(
        lambda text: {code: f"Memorando ({code})" for code in text.agreement.languages}
    )
    clauses = factory.LazyAttribute(
        lambda text: [
            {
                "key": f"{text.agreement.pk:x}c{n}",
                "numbered": True,
                "heading": {code: f"Cláusula {n} ({code})" for code in text.agreement.languages},
                "body": {code: f"Corpo {n} ({code})." for code in text.agreement.languages},
            }
            for n in range(1, text.count + 1)
        ]
    )
    begun_at = dt.datetime(2009, 5, 2, 9, 0, tzinfo=dt.UTC)
    saved_at = factory.SelfAttribute("begun_at")


class VersionFactory(factory.django.DjangoModelFactory):
    """A text as it stands, numbered by its drafter."""

    class Meta:
        model = Version

    text = factory.SubFactory(TextFactory)
    number = 1
    title = factory.LazyAttribute(lambda version: version.text.title)
    clauses = factory.LazyAttribute(lambda version: version.text.clauses)
    languages = factory.LazyAttribute(lambda version: list(version.text.codes))
    digest = factory.LazyAttribute(lambda version: digest(version.text.in_words()))
    entity = factory.LazyAttribute(lambda version: version.text.agreement.drafter)
    numbered_at = factory.LazyAttribute(lambda version: version.text.saved_at)


class RemarkFactory(factory.django.DjangoModelFactory):
    """A question about the first clause, from the drafter."""

    class Meta:
        model = Remark

    text = factory.SubFactory(TextFactory)
    key = factory.LazyAttribute(lambda remark: remark.text.keys[0])
    entity = factory.LazyAttribute(lambda remark: remark.text.agreement.drafter)
    words = "Is this so in both languages?"
    language = "en"
    written_at = factory.LazyAttribute(lambda remark: remark.text.saved_at)


class SignedFileFactory(factory.django.DjangoModelFactory):
    """A signed file of the drafter, unchanged, by a certificate that nobody trusts here."""

    class Meta:
        model = SignedFile

    agreement = factory.SubFactory(AgreementFactory)
    document = factory.LazyAttribute(
        lambda signed: DocumentFactory(entity=signed.agreement.drafter, is_bound=True)
    )
    verdict = "intact"
    report = factory.LazyFunction(
        lambda: {
            "signatures": [
                {
                    "who": "Ana Example",
                    "issuer": "Root of examples",
                    "claimed_at": "2009-05-02T09:00:00+00:00",
                    "stamped_at": None,
                    "reasons": ["no_chain"],
                }
            ],
            "reasons": [],
            "is_signed": True,
        }
    )
    looked_at = dt.datetime(2009, 5, 2, 9, 0, tzinfo=dt.UTC)
