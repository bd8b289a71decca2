"""Letters about joining a body: invitations, claims, and what was decided."""

from django.urls import reverse
from django.utils.translation import override

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import GRANTS, MandateRole, roles_with
from entrecidades.accounts.selectors import operators
from entrecidades.kernel import clock
from entrecidades.mail.letters import send_letter
from entrecidades.network.models import Claim, Entity, Invitation
from entrecidades.network.selectors.joining import association_of, is_body_claimed, team_of
from entrecidades.network.tickets import CLAIM, INVITED, ticket
from entrecidades.queue.services import enqueue


def tell_of_invitation(key: str, invitation_id: int) -> None:
    """Write to whoever is invited; nothing if the invitation was used or withdrawn meanwhile."""
    invitation = (
        Invitation.objects.unused(clock.now())
        .select_related("entity")
        .filter(pk=invitation_id)
        .first()
    )
    if invitation is None:
        return
    facts = {
        "invitation": invitation,
        "body": _name(invitation.entity, invitation.language),
        "says": GRANTS[MandateRole(invitation.role)].says,
        "ticket": ticket(INVITED, invitation.public_id, invitation.email),
    }
    send_letter(
        key,
        "mail/invitation.txt",
        "mail/invitation_subject.txt",
        to=invitation.email,
        language=invitation.language,
        facts=facts,
    )


def tell_of_claim(key: str, claim_id: int) -> None:
    """Write to whoever claims a body, so that she proves her address."""
    claim = _claim(claim_id)
    facts = {
        "body": _name(claim.entity or claim.place, claim.language),
        "ticket": ticket(CLAIM, claim.public_id),
    }
    send_letter(
        key,
        "mail/claim.txt",
        "mail/claim_subject.txt",
        to=claim.email,
        language=claim.language,
        facts=facts,
    )


def tell_of_waiting_claim(claim_id: int) -> None:
    """Promise a letter to each who decides for the association that was asked, or operates."""
    claim = _claim(claim_id)
    readers = operators()
    if claim.association is not None:
        deciders = roles_with(Permission.DECIDE_CLAIMS)
        held = team_of(claim.association, on=clock.today()).filter(role__in=deciders)
        readers = Person.objects.filter(pk__in=held.values("person")).order_by("pk")
    for reader in readers:
        enqueue("mail.write_waiting_claim", claim_id=claim_id, reader_id=reader.pk)


def write_waiting_claim(key: str, claim_id: int, reader_id: int) -> None:
    """Write to somebody who decides for an association that a claim waits."""
    claim, reader = _claim(claim_id), Person.objects.filter(pk=reader_id).first()
    if reader is None:
        return
    send_letter(
        key,
        "mail/claim_waiting.txt",
        "mail/claim_waiting_subject.txt",
        to=reader.email,
        language=reader.language,
        facts={"claim": claim, "body": _name(claim.entity, reader.language)},
    )


def tell_of_unattended(entity_id: int) -> None:
    """Promise a letter to each who decides about claims of the body's members, or operates."""
    body, day = Entity.objects.get(pk=entity_id), clock.today()
    readers = set(operators().values_list("pk", flat=True))
    if (association := association_of(body, on=day)) is not None:
        deciders = roles_with(Permission.DECIDE_CLAIMS)
        held = team_of(association, on=day).filter(role__in=deciders)
        readers |= set(held.values_list("person", flat=True))
    for reader in sorted(readers):
        enqueue("mail.write_unattended", entity_id=entity_id, reader_id=reader)


def write_unattended(key: str, entity_id: int, reader_id: int) -> None:
    """Write that nobody acts for a body; nothing if somebody does again, or the reader is gone."""
    body, reader = Entity.objects.get(pk=entity_id), Person.objects.filter(pk=reader_id).first()
    if reader is None or is_body_claimed(body, on=clock.today()):
        return
    with override(reader.language or None):
        address = reverse("web:entity-claim", args=(body.country_id.lower(), body.slug))
    send_letter(
        key,
        "mail/unattended.txt",
        "mail/unattended_subject.txt",
        to=reader.email,
        language=reader.language,
        facts={"body": _name(body, reader.language), "address": address},
    )


def tell_of_decided_claim(key: str, claim_id: int) -> None:
    """Write to whoever claimed a body what was decided, and why."""
    claim = _claim(claim_id)
    send_letter(
        key,
        "mail/claim_decided.txt",
        "mail/claim_decided_subject.txt",
        to=claim.email,
        language=claim.language,
        facts={"claim": claim, "body": _name(claim.entity, claim.language)},
    )


def _claim(claim_id: int) -> Claim:
    """A claim with what its letters name."""
    return Claim.objects.select_related("entity", "place", "association").get(pk=claim_id)


def _name(body: object, language: str) -> str:
    """What a body, or a place, is called in a language."""
    with override(language or None):
        named = getattr(body, "name_in", None)
        return str(named() if named else body)
