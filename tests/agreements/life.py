"""Agreements led along their life as people would lead them, for the tests of this room."""

import datetime as dt

from entrecidades.agreements.choices import AgreementStep, Stage
from entrecidades.agreements.life import Decision
from entrecidades.agreements.selectors.life import bound_parties, standing_approvals
from entrecidades.agreements.services import (
    agree_for_party,
    give_approval,
    name_signatory,
    record_signature,
    take_agreement_step,
)
from tests.conftest import A_MOMENT, entrusted

DECISION = Decision("Municipal assembly", "12/2009", dt.date(2009, 11, 1), "As both wished.")


class Life:
    """An agreement, an administrator for each of its parties, and a clock that goes on."""

    def __init__(self, agreement):
        self.agreement = agreement
        self.people = {
            party.entity_id: entrusted(party.entity, "admin") for party in agreement.parties.all()
        }
        self.minutes = 0

    @property
    def parties(self):
        return list(bound_parties(self.agreement))

    def who(self, party=None):
        """Who acts, for a party, a minute later than the last act."""
        self.minutes += 1
        entity = (party or self.parties[0]).entity_id
        return {"by": self.people[entity], "at": A_MOMENT + dt.timedelta(minutes=self.minutes)}

    def step(self, step, party=None, decision=DECISION):
        self.agreement = take_agreement_step(
            agreement_id=self.agreement.pk,
            step=AgreementStep(step),
            decision=decision,
            **self.who(party),
        )
        return self

    def agree(self):
        for party in self.parties:
            agree_for_party(party=party, **self.who(party))
        return self

    def approve(self, *stages):
        for approval in standing_approvals(self.agreement).filter(stage__in=stages or Stage):
            give_approval(approval_id=approval.pk, decision=DECISION, **self.who(approval.party))
        return self

    def name(self):
        for party in self.parties:
            name_signatory(
                party=party, name="Ana Example", post="Mayor", power="Law", **self.who(party)
            )
        return self

    def sign(self, party):
        for signatory in party.signatories.filter(signed_on=None):
            record_signature(
                signatory_id=signatory.pk,
                signed_on=A_MOMENT.date(),
                place="Maputo",
                **self.who(party),
            )
        return self

    def until_approvals(self):
        return self.step("negotiate").agree().step("seek_approvals").name()

    def until_signed(self, *stages):
        self.until_approvals().approve(*stages)
        for party in self.parties:
            self.sign(party)
        return self.fresh()

    def fresh(self):
        self.agreement.refresh_from_db()
        return self
