"""What was promised and is open: contacts, invitations, claims, drafts."""

from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.cooperation.choices import IntroductionState
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.rules import ASKED, ASKER, BROKER
from entrecidades.cooperation.selectors import introductions_seen_by
from entrecidades.handover.choices import Chapter
from entrecidades.handover.rules import sides_awaited
from entrecidades.handover.selectors.desk import Column, Desk, Line, Section
from entrecidades.handover.selectors.words import marked
from entrecidades.network.choices import ClaimState
from entrecidades.network.models import Claim, Mandate, holding
from entrecidades.network.selectors import seen_by
from entrecidades.network.selectors.joining import open_invitations
from entrecidades.practices.choices import PostingState, PracticeState
from entrecidades.practices.models import Posting, Practice


def contacts(desk: Desk) -> Section:
    """First contacts that go on, and whose turn it is."""
    found = introductions_seen_by(desk.reader).open().naming([desk.body.pk])
    return Section(
        "contacts",
        Chapter.OPEN,
        _("First contacts"),
        _("No contact is open."),
        (
            Column("contact", _("Contact"), 3),
            Column("state", _("State")),
            Column("turn", _("Whose turn"), 2),
            Column("since", _("Since")),
            Column("asked_by", _("Asked by"), 2),
        ),
        [
            Line(
                (
                    _("%(asker)s asks %(asked)s")
                    % {"asker": one.asker.name_in(), "asked": one.asked.name_in()},
                    one.get_state_display(),
                    ", ".join(_awaited(one)),
                    one.moved_at.date(),
                    _asked_by(one, desk),
                ),
                one.get_absolute_url(),
            )
            for one in found.select_related("proposed_by").order_by("moved_at", "pk")
        ],
    )


def _awaited(one: Introduction) -> list[str]:
    """The bodies whose turn it is, in the order of the sides."""
    sides = {ASKER: one.asker, ASKED: one.asked, BROKER: one.broker or one.asked}
    awaited = sides_awaited(IntroductionState(one.state))
    return list(dict.fromkeys(body.name_in() for side, body in sides.items() if side in awaited))


def _asked_by(one: Introduction, desk: Desk) -> str:
    """By name if she is of the body's own; of others, the body alone is known."""
    own = one.asker_id == desk.body.pk and one.proposed_by is not None
    return str(one.proposed_by) if own else one.asker.name_in()


def invitations(desk: Desk) -> Section:
    """Invitations to act for the body that nobody has used yet."""
    found = open_invitations(desk.body, at=desk.at).order_by("expires_at", "pk")
    return Section(
        "invitations",
        Chapter.OPEN,
        _("Invitations without an answer"),
        _("Nobody has been invited and not answered."),
        (
            Column("invited", _("Who is invited"), 3),
            Column("role", _("Role"), 2),
            Column("invited_by", _("Invited by"), 2),
            Column("until", _("Until")),
        ),
        [
            Line(
                (
                    one.email or _("whoever has the link or the code"),
                    one.get_role_display(),
                    str(one.by),
                    one.expires_at.date(),
                )
            )
            for one in found
        ],
    )


def claims(desk: Desk) -> Section:
    """Claims that wait for the body's decision, for a reader who may decide."""
    deciders = roles_with(Permission.DECIDE_CLAIMS)
    decides = Mandate.objects.filter(
        holding(desk.on), entity=desk.body, person=desk.reader.person, role__in=deciders
    )
    found = Claim.objects.filter(state=ClaimState.WAITING, association=desk.body)
    found = found.select_related("entity", "place") if decides.exists() else found.none()
    return Section(
        "claims",
        Chapter.OPEN,
        _("Claims that wait for a decision"),
        _("No claim waits for a decision."),
        (
            Column("body", _("Body"), 3),
            Column("claimed_by", _("Claimed by"), 3),
            Column("since", _("Since")),
        ),
        [
            Line((str(one.entity or one.place), f"{one.name} · {one.email}", one.made_at.date()))
            for one in found
        ],
    )


def drafts(desk: Desk) -> Section:
    """What is prepared and not shown yet."""
    lines = []
    if desk.body.pk in desk.reader.own:
        postings = Posting.objects.filter(
            seen_by(desk.reader, Posting), entity=desk.body, state=PostingState.DRAFT
        )
        kept = (PracticeState.DRAFT, PracticeState.IN_REVIEW)
        practices = Practice.objects.filter(
            seen_by(desk.reader, Practice), entity=desk.body, state__in=kept
        )
        for posting in postings.order_by("pk"):
            cells = (posting.get_side_display(), marked(posting), posting.get_state_display())
            lines.append(Line(cells, posting.get_absolute_url()))
        for practice in practices.order_by("pk"):
            cells = (_("practice"), marked(practice), practice.get_state_display())
            lines.append(Line(cells, practice.get_absolute_url()))
    return Section(
        "drafts",
        Chapter.OPEN,
        _("Drafts"),
        _("Nothing lies in the drawer."),
        (Column("kind", _("Kind")), Column("title", _("Title"), 5), Column("state", _("State"))),
        lines,
    )
