"""The roles people hold in a body: for each a sentence that says it, and what it allows.

Strangers, members without a mandate, people of another body, and closed accounts hold none
of these; an operator's power is the command line's and is_staff, never a body's record.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.permissions import Permission


class MandateRole(models.TextChoices):
    """What somebody is in a body she acts for."""

    ADMIN = "admin", _("administrator of the body")
    OFFICER = "officer", _("international-relations officer")
    APPROVER = "approver", _("legal adviser or approver")
    TECHNICIAN = "technician", _("technician")
    COORDINATOR = "coordinator", _("coordinator of an association")
    EVALUATOR = "evaluator", _("evaluator of applications")
    EVENT_STAFF = "event_staff", _("staff of an encounter")
    OVERSEER = "overseer", _("analyst with oversight of a country")


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role is in one sentence, and the permissions it consists of."""

    says: str | Promise
    allows: frozenset[Permission]


OFFICER = frozenset(
    {
        Permission.READ,
        Permission.CONFIRM,
        Permission.SHARE,
        Permission.EDIT_PROFILE,
        Permission.DRAFT,
        Permission.PUBLISH,
        Permission.HAND_IN,
        Permission.PROPOSE,
        Permission.ANSWER,
        Permission.FORWARD,
        Permission.DRAFT_AGREEMENT,
        Permission.SIGN_AGREEMENT,
        Permission.EDIT_PROJECT,
        Permission.REPORT_PROJECT,
        Permission.APPLY,
    }
)

GRANTS: dict[MandateRole, Grant] = {
    MandateRole.ADMIN: Grant(
        _("Does what an officer does, invites colleagues, and hands over to a successor."),
        OFFICER
        | {
            Permission.APPROVE_AGREEMENT,
            Permission.INVITE,
            Permission.HAND_OVER,
            Permission.ENTRUST,
            Permission.DECIDE_CLAIMS,
            Permission.CALL_RUN,
            Permission.WRITE_MEMBERS,
            Permission.KEEP_MEMBERS,
        },
    ),
    MandateRole.OFFICER: Grant(
        _("Speaks for the body: publishes, proposes, answers, confirms."), OFFICER
    ),
    MandateRole.APPROVER: Grant(
        _("Reads what the body prepares, confirms records for it, and records its approvals."),
        frozenset(
            {
                Permission.READ,
                Permission.CONFIRM,
                Permission.HAND_IN,
                Permission.APPROVE_AGREEMENT,
            }
        ),
    ),
    MandateRole.TECHNICIAN: Grant(
        _(
            "Reads what the body prepares, drafts offers and needs for an officer to publish, "
            "and reports on projects."
        ),
        frozenset(
            {Permission.READ, Permission.DRAFT, Permission.HAND_IN, Permission.REPORT_PROJECT}
        ),
    ),
    MandateRole.COORDINATOR: Grant(
        _("Speaks for an association, and for the members that entrusted it."),
        OFFICER
        | {
            Permission.DECIDE_CLAIMS,
            Permission.CALL_RUN,
            Permission.WRITE_MEMBERS,
            Permission.KEEP_MEMBERS,
        },
    ),
    MandateRole.EVALUATOR: Grant(
        _("Reads the applications she is given, and nothing else of the body."), frozenset()
    ),
    MandateRole.EVENT_STAFF: Grant(
        _("Helps at the encounters she is named for, and reads nothing else of the body."),
        frozenset(),
    ),
    MandateRole.OVERSEER: Grant(
        _("Reads what the bodies of her country share for oversight, and changes nothing."),
        frozenset({Permission.OVERSEE}),
    ),
}


def roles_with(permission: Permission) -> list[MandateRole]:
    """The roles that allow something, in the order of the vocabulary.

    Examples
    --------
    >>> [role.value for role in roles_with(Permission.INVITE)]
    ['admin']
    """
    return [role for role in MandateRole if permission in GRANTS[role].allows]
