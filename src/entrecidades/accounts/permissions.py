"""What somebody may be allowed to do for a body, as ``thing:verb``; roles are lists of these."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """One right. What nobody was given is refused; there is no right that contains all others."""

    READ = "record:read", _("read what the body keeps to itself")
    CONFIRM = "record:confirm", _("confirm or dispute records that name the body")
    SHARE = "record:share", _("decide who sees a record of the body")
    EDIT_PROFILE = "profile:edit", _("edit the profile of the body")
    DRAFT = "posting:draft", _("draft offers, needs and practices")
    PUBLISH = "posting:publish", _("publish, renew and withdraw offers, needs and practices")
    HAND_IN = "document:hand-in", _("hand in documents, and remove them")
    PROPOSE = "introduction:propose", _("ask bodies abroad for a first contact")
    ANSWER = "introduction:answer", _("answer first contacts")
    FORWARD = "introduction:forward", _("forward first contacts that go through the body")
    EDIT_PROJECT = "project:edit", _("begin and lead projects")
    REPORT_PROJECT = "project:report", _("report on projects and measure their results")
    DRAFT_AGREEMENT = "agreement:draft", _("draft and negotiate agreements")
    APPROVE_AGREEMENT = "agreement:approve", _("record the approvals of agreements, or waive them")
    SIGN_AGREEMENT = "agreement:sign", _("record signatures, renew, suspend and end agreements")
    INVITE = "team:invite", _("invite people, change their roles and end their mandates")
    HAND_OVER = "team:hand-over", _("hand the desk over to a successor")
    ENTRUST = "body:entrust", _("let an association act for the body")
    DECIDE_CLAIMS = "claim:decide", _("decide who may act for a member of the association")
    WRITE_MEMBERS = "member:write", _("write to all members of the association")
    KEEP_MEMBERS = "member:keep", _("keep the list of the members of the association")
    CALL_RUN = "call:run", _("run calls of the programmes that the body coordinates")
    APPLY = "application:submit", _("apply to calls, with partners or alone")
    OVERSEE = "country:oversee", _("read what the bodies of the country share for oversight")


#: What an association may do for a member that entrusted it; the team stays the member's own.
DELEGABLE = frozenset(
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
        Permission.DRAFT_AGREEMENT,
        Permission.EDIT_PROJECT,
        Permission.REPORT_PROJECT,
        Permission.APPLY,
    }
)
