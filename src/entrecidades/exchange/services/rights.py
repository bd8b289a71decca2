"""Who may hand in, apply and take back a list."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.services import require_operator
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require


def require_keeper(by: AbstractBaseUser, association: Entity | None, *, on: date) -> None:
    """Refuse whoever is no operator and, of a list of members, does not keep the members.

    Raises
    ------
    NotAnOperator
        It is a list of the whole house.
    NotAllowed
        It is the list of an association for which she may not keep the members.
    """
    if association is None or getattr(by, "is_staff", False):
        require_operator(by)
    else:
        require(by, Permission.KEEP_MEMBERS, association, on=on)
