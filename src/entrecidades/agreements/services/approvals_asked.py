"""The approvals that each party needs are written down as its checklist stands."""

from entrecidades.agreements.checklists import checklist_for
from entrecidades.agreements.models import Agreement, Approval
from entrecidades.agreements.selectors.life import bound_parties


def ask_for_approvals(agreement: Agreement) -> None:
    """Copy each bound party's checklist; what the files say later changes nothing here."""
    Approval.objects.bulk_create(
        Approval(
            party=party,
            key=item.key,
            title=dict(item.title),
            law=dict(item.law),
            source_url=item.source_url,
            checklist_of=item.noted_on,
            is_verified=item.is_verified,
            is_required=item.is_required,
            stage=item.stage,
        )
        for party in bound_parties(agreement)
        for item in checklist_for(
            party.entity.country_id, party.entity.kind, party.entity.tier or ""
        )
    )
