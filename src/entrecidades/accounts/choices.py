"""The closed vocabularies of accounts."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    JOIN = "accounts:person:join"
    OPERATE = "accounts:person:operate"
    CHANGE_PASSWORD = "accounts:person:change-password"  # noqa: S105 - an act's name
    REVOKE = "accounts:person:revoke"
    DEACTIVATE = "accounts:person:deactivate"
    CLOSE = "accounts:person:close"
    LOOK = "accounts:person:look"
    END_LOOK = "accounts:person:end-look"
    NOMINATE = "accounts:person:nominate"
    DECLINE = "accounts:person:decline"
    ASK_PROOFS = "accounts:person:ask-proofs"
    REMOVE_PROOFS = "accounts:person:remove-proofs"


class Change(StrEnum):
    """What somebody is told about by letter, because it protects her account."""

    PASSWORD = "password"  # noqa: S105 - a name of what changed
    APP_ADDED = "app-added"
    APP_REMOVED = "app-removed"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    RECOVERY_CODES = "recovery-codes"
    IDENTITY_ADDED = "identity-added"
    IDENTITY_REMOVED = "identity-removed"
    CLOSED = "closed"
    RESET = "reset"
    OPERATOR = "operator"
    PROOFS_ASKED = "proofs-asked"
    PROOFS_REMOVED = "proofs-removed"


class Matter(models.TextChoices):
    """What two operators agree about for somebody."""

    OPERATOR = "operator", _("becomes an operator")
    PROOFS = "proofs", _("her passkeys and app are removed")


class NominationState(models.TextChoices):
    """How far somebody's nomination as an operator has come."""

    WAITING = "waiting", _("waits for another operator")
    GRANTED = "granted", pgettext_lazy("proposal", "granted")
    DECLINED = "declined", pgettext_lazy("proposal", "declined")
