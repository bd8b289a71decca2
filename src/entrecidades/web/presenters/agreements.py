"""What the pages about agreements say: who, how far, what is approved, what was signed."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entrecidades.agreements.choices import (
    SIGNED,
    AgreementState,
    AgreementStep,
    ApprovalState,
)
from entrecidades.agreements.models import Agreement, AgreementMove, Approval, Party
from entrecidades.agreements.selectors import agreements_seen_by, standing_approvals
from entrecidades.documents.models import Document
from entrecidades.documents.selectors import documents_seen_by
from entrecidades.kernel.text import pick
from entrecidades.network.selectors import Reader
from entrecidades.projects.selectors import projects_seen_by
from entrecidades.web.presenters.projects import end_told

LANGUAGES = dict(settings.LANGUAGES)
#: The way of an agreement that goes well; what else may become of it stands beside.
WAY = (
    AgreementState.EXPLORATORY,
    AgreementState.NEGOTIATING,
    AgreementState.TEXT_AGREED,
    AgreementState.APPROVALS,
    AgreementState.SIGNED,
    AgreementState.IN_FORCE,
)


def agreement_told(agreement: Agreement, reader: Reader, *, inside: bool) -> dict[str, Any]:
    """What everybody who sees an agreement is told; ``inside`` also what is missing."""
    parties = list(
        agreement.parties.select_related("entity__country").prefetch_related(
            "entity__names", "signatories__document"
        )
    )
    standing = agreement.moves.filter(undone_at=None)
    moves = list(standing.select_related("entity", "document", "addendum"))
    approvals = list(standing_approvals(agreement))
    shown = _shown_documents(reader, parties, approvals, moves)
    seen = agreements_seen_by(reader)
    return {
        "agreement": agreement,
        "summary": pick(agreement.title),
        "stages": stages(agreement),
        "languages": [LANGUAGES.get(code, code) for code in agreement.languages],
        "parties": [
            {**party_told(one, approvals, shown, inside=inside), "change": _changed(one, moves)}
            for one in parties
        ],
        "extended": _extended(moves),
        "line": [_event(move, shown) for move in moves],
        "umbrella": seen.filter(members=agreement).first(),
        "amends": seen.filter(addenda=agreement).first(),
        "members": seen.filter(umbrella=agreement),
        "addenda": seen.filter(amends=agreement),
        "projects": projects_seen_by(reader).filter(agreement=agreement),
        "signed": agreement.state in SIGNED or agreement.signed_on is not None,
    }


def stages(agreement: Agreement) -> list[dict[str, Any]]:
    """The way of an agreement: what is behind, where it stands, what may come."""
    state = AgreementState(agreement.state)
    way = list(WAY) if state in WAY else [*(WAY if agreement.signed_on else WAY[:1]), state]
    here = way.index(state)
    return [
        {"words": str(one.label), "is_past": number < here, "is_here": number == here}
        for number, one in enumerate(way)
    ]


def party_told(
    party: Party, approvals: list[Approval], shown: dict[int, Document], *, inside: bool
) -> dict[str, Any]:
    """A party: what it is, who signs for it, and its approvals."""
    hers = [one for one in approvals if one.party_id == party.pk]
    return {
        **end_told(party.entity),
        "party": party,
        "role": party.get_role_display(),
        "signatories": [
            {"signatory": one, "document": shown.get(one.document_id or 0)}
            for one in party.signatories.all()
        ],
        "approvals": [
            approval_told(one, shown)
            for one in hers
            # What was decided is public; what is still missing, and why not, is the parties' own.
            if inside or one.state == ApprovalState.GIVEN
        ],
    }


def approval_told(approval: Approval, shown: dict[int, Document]) -> dict[str, Any]:
    """An item of a checklist, where it is written, and what became of it."""
    return {
        "approval": approval,
        "title": pick(approval.title),
        "law": pick(approval.law),
        "document": shown.get(approval.document_id or 0),
        "by": approval.settled_by.name if approval.settled_by else "",
    }


def _shown_documents(
    reader: Reader, parties: list[Party], approvals: list[Approval], moves: list[AgreementMove]
) -> dict[int, Document]:
    """Those of the documents an agreement speaks of that the reader sees."""
    keys = {one.document_id for one in [*approvals, *moves]}
    keys |= {one.document_id for party in parties for one in party.signatories.all()}
    return {
        one.pk: one
        for one in documents_seen_by(reader).filter(pk__in=[key for key in keys if key])
    }


def _changed(party: Party, moves: list[AgreementMove]) -> AgreementMove | None:
    """The last step by which an addendum let a body join or leave, if one did."""
    steps = (AgreementStep.ADMIT, AgreementStep.LET_GO)
    hers = [one for one in moves if one.step in steps and one.entity_id == party.entity_id]
    return hers[-1] if hers else None


def _extended(moves: list[AgreementMove]) -> AgreementMove | None:
    """The last step by which an addendum changed the last day, if one did."""
    return next((one for one in reversed(moves) if one.step == AgreementStep.EXTEND), None)


def _event(move: AgreementMove, shown: dict[int, Document]) -> dict[str, Any]:
    """One step as the timeline tells it; of one that an addendum took, what it changed."""
    day = date_format(move.decided_on, "DATE_FORMAT") if move.decided_on else ""
    told = {
        "when": date_format(move.at, "DATE_FORMAT"),
        "step": AgreementStep(move.step).label,
        "reason": move.reason,
        "document": shown.get(move.document_id or 0),
    }
    if move.addendum:
        by = {"reference": move.addendum.reference, "day": day}
        words = _("By addendum %(reference)s, from %(day)s.") % by
        return {**told, "title": _amended(move), "by": "", "text": words}
    decided = (move.deciding_body, move.act_number, day)
    return {
        **told,
        "title": AgreementState(move.now).label,
        "by": move.entity.name_in() if move.entity else "",
        "text": ", ".join(one for one in decided if one),
    }


def _amended(move: AgreementMove) -> str:
    """What an addendum changed, in a sentence."""
    if move.step != AgreementStep.EXTEND:
        name = move.entity.name_in() if move.entity else ""
        joins = move.step == AgreementStep.ADMIT
        return (_("%(name)s joins") if joins else _("%(name)s leaves")) % {"name": name}
    was, now = move.was_ends_on, move.addendum.ends_on if move.addendum else None
    days = {
        "was": date_format(was, "DATE_FORMAT") if was else "–",
        "now": date_format(now, "DATE_FORMAT") if now else "–",
    }
    return _("The last day is %(now)s, and was %(was)s") % days


def agreements_table(agreements: Iterable[Agreement]) -> dict[str, Any]:
    """A table of agreements."""
    columns = [_("Reference"), _("Title"), _("Parties"), _("Kind"), _("State"), _("Ends on")]
    ends = columns[-1]
    return {
        "caption": _("Agreements"),
        "columns": [{"words": words} for words in columns],
        "rows": [
            [
                {"text": text, "label": label, "url": url, "named": label == ends, "whole": True}
                for label, (text, url) in zip(columns, _cells(one), strict=True)
            ]
            for one in agreements
        ],
    }


def _cells(agreement: Agreement) -> list[tuple[str, str]]:
    """One line of the table."""
    names = ", ".join(one.entity.name_in() for one in agreement.parties.all() if one.is_bound)
    ends = date_format(agreement.ends_on, "DATE_FORMAT") if agreement.ends_on else "–"
    return [
        (agreement.reference, agreement.get_absolute_url()),
        (pick(agreement.title).words, ""),
        (names, ""),
        (agreement.get_kind_display(), ""),
        (agreement.get_state_display(), ""),
        (ends, ""),
    ]
