"""Who may decide about duplicates: operators carry out, coordinators propose."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from entrecidades.duplicates.selectors.rights import may_propose_for
from entrecidades.network.models import Entity
from entrecidades.network.rules import NotAllowed


def require_operator(by: AbstractBaseUser | None) -> None:
    """Refuse everybody but the operators; None is whoever has the machine.

    Raises
    ------
    NotAllowed
        She keeps no part of the register.
    """
    if by is not None and not (by.is_active and getattr(by, "is_staff", False)):
        raise NotAllowed(_("Only the operators of the register can do this."))


def require_proposer(by: AbstractBaseUser, pair: tuple[Entity, Entity], *, on: date) -> None:
    """Refuse everybody but operators and the coordinators of an association of one of the two.

    Raises
    ------
    NotAllowed
        Neither of the two is hers to speak about.
    """
    if not any(may_propose_for(by, entity, on=on) for entity in pair):
        raise NotAllowed(
            _("Only the coordinator of an association of one of the two bodies can propose this.")
        )
