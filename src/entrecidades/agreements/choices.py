"""The closed vocabularies of agreements."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreementKind(models.TextChoices):
    """What sort of act an agreement is."""

    MEMORANDUM = "memorandum", _("memorandum of understanding")
    PROTOCOL = "protocol", _("protocol of intentions")
    TWINNING = "twinning", _("twinning")
    TECHNICAL = "technical", _("technical cooperation")
    ADHESION = "adhesion", _("adhesion to an umbrella agreement")
    ADDENDUM = "addendum", _("addendum")


class AgreementState(models.TextChoices):
    """How far an agreement has come, in the order of its life."""

    EXPLORATORY = "exploratory", _("exploratory")
    NEGOTIATING = "negotiating", _("in negotiation")
    TEXT_AGREED = "text_agreed", _("text agreed")
    APPROVALS = "approvals", _("in approval")
    SIGNED = "signed", pgettext_lazy("agreement", "signed")
    REGISTERED = "registered", pgettext_lazy("agreement", "registered")
    IN_FORCE = "in_force", _("in force")
    RENEWAL_DUE = "renewal_due", _("renewal due")
    RENEWED = "renewed", pgettext_lazy("agreement", "renewed")
    SUSPENDED = "suspended", pgettext_lazy("agreement", "suspended")
    EXPIRED = "expired", pgettext_lazy("agreement", "expired")
    TERMINATED = "terminated", pgettext_lazy("agreement", "terminated")


class AgreementStep(models.TextChoices):
    """What may be done to an agreement."""

    NEGOTIATE = "negotiate", _("begin to negotiate")
    AGREE_TEXT = "agree_text", _("agree to the text")
    REOPEN = "reopen", _("go back to the text")
    SEEK_APPROVALS = "seek_approvals", _("begin the approvals")
    SIGN = "sign", _("sign")
    REGISTER = "register", _("register")
    ENTER_INTO_FORCE = "enter_into_force", _("bring into force")
    FALL_DUE = "fall_due", _("fall due for renewal")
    RENEW = "renew", _("renew")
    SUSPEND = "suspend", _("suspend")
    RESUME = "resume", _("resume")
    EXPIRE = "expire", _("expire")
    EXTEND = "extend", _("change its last day by an addendum")
    ADMIT = "admit", _("let a party join by an addendum")
    LET_GO = "let_go", _("let a party leave by an addendum")
    BREAK_OFF = "break_off", _("break off")
    TERMINATE = "terminate", _("terminate")


class PartyRole(models.TextChoices):
    """What a body is in an agreement."""

    PARTY = "party", _("party")
    OBSERVER = "observer", _("accompanies it, is not bound")
    FORMER = "former", _("was a party, has left")


class PartyChange(models.TextChoices):
    """What an addendum makes of one of its parties in what it amends."""

    JOINS = "joins", _("joins by it")
    LEAVES = "leaves", _("leaves by it")


class RemarkState(models.TextChoices):
    """What became of a remark on a clause."""

    OPEN = "open", pgettext_lazy("remark", "open")
    TAKEN_UP = "taken_up", _("taken up in the text")
    CLOSED = "closed", _("closed without a change")


class Stage(models.TextChoices):
    """Before what an approval is to be there."""

    SIGNATURE = "signature", _("before the signature")
    FORCE = "force", _("before it is in force")


class ApprovalState(models.TextChoices):
    """What became of an approval that a party needs."""

    OPEN = "open", pgettext_lazy("approval", "open")
    GIVEN = "given", pgettext_lazy("approval", "given")
    WAIVED = "waived", pgettext_lazy("approval", "waived")


class Carried(models.TextChoices):
    """What of the agreed text a signed file carries."""

    FILE = "file", _("the very file that was given out here, signed")
    HASH = "hash", _("the hash of the text; compare its words")
    NOTHING = "nothing", _("nothing by which it is known")


class SealVerdict(models.TextChoices):
    """What may be said of the signatures of a file; nothing is ever called valid."""

    TRUSTED = "trusted", _("in order, by certificates that this instance trusts")
    INTACT = "intact", _("unchanged since; who signed could not be established")
    WRONG = "wrong", _("not in order")
    UNKNOWN = "unknown", _("could not be looked at")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    OPEN = "agreements:agreement:open"
    BEGIN_TEXT = "agreements:text:begin"
    EDIT_TEXT = "agreements:text:edit"
    CHECK_MEANING = "agreements:text:check"
    NUMBER_VERSION = "agreements:text:number"
    AGREE_TO_TEXT = "agreements:text:agree"
    REOPEN_TEXT = "agreements:text:reopen"
    REMARK = "agreements:text:remark"
    SETTLE_REMARK = "agreements:text:settle"
    BRING_IN = "agreements:text:bring-in"
    HAND_IN_SIGNED = "agreements:file:hand-in"
    LOOK = "agreements:file:look"
    LOOK_AGAIN = "agreements:file:look-again"
    SIGN_FILE = "agreements:file:sign"
    STEP = "agreements:agreement:step"
    UNDO = "agreements:agreement:undo"
    AGREE = "agreements:party:agree"
    GIVE = "agreements:approval:give"
    WAIVE = "agreements:approval:waive"
    RECONSIDER = "agreements:approval:reconsider"
    NAME_SIGNATORY = "agreements:signatory:name"
    DROP_SIGNATORY = "agreements:signatory:drop"
    SIGN = "agreements:signatory:sign"
    UNSIGN = "agreements:signatory:take-back"
    SET_TERM = "agreements:agreement:set-term"
    PLAN_CHANGE = "agreements:agreement:plan-change"
    REMIND = "agreements:agreement:remind"
    CALL_DORMANT = "agreements:agreement:call-dormant"
    ADHERE = "agreements:agreement:adhere"
    RECONFIRM = "agreements:agreement:reconfirm"


#: While its text is still written; then it is agreed, and stays as it is.
WRITTEN = (AgreementState.EXPLORATORY, AgreementState.NEGOTIATING)
#: While an agreement binds its parties.
BINDING = (AgreementState.IN_FORCE, AgreementState.RENEWAL_DUE, AgreementState.RENEWED)
#: Once it was signed, whatever became of it: its text is what it is, addenda may change it.
SIGNED = (AgreementState.SIGNED, AgreementState.REGISTERED, *BINDING, AgreementState.SUSPENDED)
#: It has ended.
ENDED = (AgreementState.EXPIRED, AgreementState.TERMINATED)
