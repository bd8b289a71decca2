"""Claiming a body that nobody acts for: by its own e-mail domain, or by its association."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import MandateRole
from entrecidades.accounts.rules import same_address
from entrecidades.accounts.services import welcome
from entrecidades.audit.services import record
from entrecidades.network.choices import Act, ClaimState
from entrecidades.network.domains import domain_of, is_shared
from entrecidades.network.models import Claim, Entity, MailDomain, Place
from entrecidades.network.rules import NotAllowed, NotOpen
from entrecidades.network.selectors.joining import association_of, is_body_claimed, is_own_address
from entrecidades.network.selectors.rights import require
from entrecidades.network.services.register import entrust, register_local_government
from entrecidades.queue.services import enqueue

HOLDS = timedelta(days=3)


@transaction.atomic
def start_claim(
    *, subject: Entity | Place, email: str, name: str, post: str, language: str, at: datetime
) -> Claim:
    """Somebody says that she acts for a body, and is sent a link to prove her address."""
    body = subject if isinstance(subject, Entity) else None
    claim = Claim.objects.create(
        entity=body,
        place=subject if isinstance(subject, Place) else None,
        email=same_address(email),
        name=name,
        post=post,
        language=language,
        made_at=at,
    )
    record(Act.CLAIM, subject=claim, by=None, body=body)
    enqueue("network.tell_of_claim", claim_id=claim.pk)
    return claim


@transaction.atomic
def prove_claim(*, claim: Claim, at: datetime) -> tuple[Claim, bool]:
    """The address is hers; the claim as it stands then, and whether an account was made.

    An address of the body's own makes her its administrator at once; otherwise its association
    decides, and where there is none, the operator. A city that is not registered yet is.

    Raises
    ------
    NotOpen
        The link is older than three days, or somebody acts for the body already.
    """
    locked = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if locked.state != ClaimState.SENT:
        return locked, False
    if locked.made_at + HOLDS <= at:
        raise NotOpen(_("This link is too old: claim the page again."))
    if locked.entity is None and locked.place is not None:
        locked.entity = register_local_government(place=locked.place, by=None)
    body = _body_of(locked)
    if is_own_address(body, locked.email):
        return _granted(locked, by=None, at=at)
    locked.state = ClaimState.WAITING
    locked.association = association_of(body, on=at.date())
    locked.save()
    record(Act.PROVE_CLAIM, subject=locked, by=None, body=body)
    enqueue("network.tell_of_waiting_claim", claim_id=locked.pk)
    return locked, False


@transaction.atomic
def decide_claim(
    *, claim: Claim, grant: bool, reason: str, by: Person | None, at: datetime
) -> Claim:
    """An association, or an operator, says yes or no; she is told by letter.

    A yes makes the claimant the body's administrator. Where no association decides, two
    operators say yes, one after the other; the first yes only backs the claim.

    Raises
    ------
    NotAllowed
        She does not decide for the association that was asked, or is no operator, or it is
        her own claim.
    NotOpen
        The claim does not wait, a no has no reason, or somebody acts for the body already.
    """
    locked = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if by is not None:
        _refuse_unless_hers_to_decide(locked, by=by, at=at)
    if locked.state != ClaimState.WAITING:
        raise NotOpen(_("This claim is decided already."))
    if grant and by is not None and locked.association is None and locked.backed_by_id is None:
        return _backed(locked, by=by)
    if grant:
        if by is not None and by.pk == locked.backed_by_id:
            raise NotAllowed(_("Another operator has to agree; nobody gives rights alone."))
        locked.reason = reason
        return _granted(locked, by=by, at=at)[0]
    if not reason.strip():
        raise NotOpen(_("Say why: she reads it."))
    locked.state, locked.reason = ClaimState.DECLINED, reason
    locked.decided_at, locked.decided_by = at, by
    locked.save()
    record(Act.DECLINE_CLAIM, subject=locked, by=by, body=locked.entity)
    enqueue("network.tell_of_decided_claim", claim_id=locked.pk)
    return locked


@transaction.atomic
def know_domain(*, claim: Claim, by: Person, at: datetime) -> None:
    """The domain of a claimant's address is the body's own from now on: it proves claims.

    Raises
    ------
    NotAllowed
        She does not decide for the association that was asked.
    NotOpen
        Anybody can have an address there.
    """
    if claim.entity is None:
        raise NotOpen(_("This claim is of no body yet."))
    _refuse_unless_hers_to_decide(claim, by=by, at=at)
    name = domain_of(claim.email)
    if is_shared(name):
        raise NotOpen(_("Anybody can have an address at %(domain)s.") % {"domain": name})
    known, made = MailDomain.objects.get_or_create(
        entity=claim.entity, name=name, defaults={"known_by": by, "known_at": at}
    )
    if made:
        record(Act.KNOW_DOMAIN, subject=known, by=by, body=claim.entity, domain=name)


def _refuse_unless_hers_to_decide(claim: Claim, *, by: Person, at: datetime) -> None:
    """Those of the association that was asked decide; operators where none was.

    Raises
    ------
    NotAllowed
        She is none of them, or claims the body herself.
    """
    if claim.association is not None:
        require(by, Permission.DECIDE_CLAIMS, claim.association, on=at.date())
        return
    operates = Person.objects.filter(pk=by.pk, is_staff=True, is_active=True).exists()
    if not operates or same_address(by.email) == claim.email:
        raise NotAllowed(_("Operators decide about this claim, and none about her own."))


def _backed(claim: Claim, *, by: Person) -> Claim:
    """The first of two operators has said yes."""
    claim.backed_by = by
    claim.save(update_fields=["backed_by"])
    record(Act.BACK_CLAIM, subject=claim, by=by, body=claim.entity)
    return claim


def _granted(claim: Claim, *, by: Person | None, at: datetime) -> tuple[Claim, bool]:
    """She is the administrator of the body; the claim, and whether an account was made."""
    body = _body_of(claim)
    # The body's row is the lock: of two claimants who prove at once, one comes first.
    Entity.objects.select_for_update(of=("self",)).get(pk=body.pk)
    if is_body_claimed(body, on=at.date()):
        raise NotOpen(_("Somebody acts for this body already: ask her to invite you."))
    person, made = welcome(email=claim.email, name=claim.name, language=claim.language)
    entrust(entity=body, person=person, role=MandateRole.ADMIN, since=at.date(), by=by)
    claim.state, claim.person = ClaimState.GRANTED, person
    claim.decided_at, claim.decided_by = at, by
    claim.save()
    record(Act.GRANT_CLAIM, subject=claim, by=by, body=body, person=person.pk)
    enqueue("network.tell_of_decided_claim", claim_id=claim.pk)
    return claim, made


def _body_of(claim: Claim) -> Entity:
    """The claimed body; a claim that was proven always has one."""
    return Entity.objects.get(pk=claim.entity_id or 0)
