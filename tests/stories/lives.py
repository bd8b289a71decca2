"""Agreements in the house of the browser tests: one in force for all to see, one in approval."""

import datetime as dt

from entrecidades.agreements.models import AgreementMove
from entrecidades.agreements.services.approvals_asked import ask_for_approvals
from entrecidades.network.choices import Visibility
from tests.factories.agreements import AgreementFactory, SignatoryFactory
from tests.factories.network import EntityFactory, MembershipFactory

A_MOMENT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
WAY = [
    ("negotiate", "exploratory", "negotiating"),
    ("agree_text", "negotiating", "text_agreed"),
    ("seek_approvals", "text_agreed", "approvals"),
    ("sign", "approvals", "signed"),
    ("enter_into_force", "signed", "in_force"),
]


def lives_of(bodies):
    """The keys of the agreements' pages; Maputo and Curitiba are parties of all of them."""
    both = {"drafter": bodies["maputo"], "partners": [bodies["curitiba"]]}
    force = AgreementFactory(
        **both,
        observers=[bodies["fnp"]],
        binding=True,
        visibility=Visibility.PUBLIC,
        reference="BRMZ-2026-901",
        title={"en": "Waste in small streets", "pt": "Resíduos em ruas pequenas"},
        ends_on=dt.date(2027, 2, 1),
    )
    for step, was, now in WAY:
        AgreementMove.objects.create(
            agreement=force,
            entity=bodies["maputo"],
            step=step,
            was=was,
            now=now,
            version=1,
            at=A_MOMENT,
        )
    for party in force.parties.filter(role="party"):
        SignatoryFactory(party=party, signed_on=dt.date(2009, 3, 1), place="Maputo")
    approving = AgreementFactory(
        **both, state="approvals", reference="BRMZ-2026-902", title={"pt": "Drenagem"}
    )
    ask_for_approvals(approving)
    party = approving.parties.get(entity=bodies["maputo"])
    usa = EntityFactory(
        name="Association of the examples", slug="examples", country__code="US", association=True
    )
    MembershipFactory(member=bodies["maputo"], group=usa)
    umbrella = AgreementFactory(
        drafter=bodies["fnp"],
        partners=[usa],
        binding=True,
        admits_members=True,
        reference="BRUS-2026-901",
        title={"en": "An umbrella for cities", "pt": "Um acordo-quadro para cidades"},
    )
    return {
        "umbrella": umbrella.reference,
        "force": force.reference,
        "approving": approving.reference,
        "approval": str(party.approvals.first().public_id),
        "signatory": str(SignatoryFactory(party=party).public_id),
    }
