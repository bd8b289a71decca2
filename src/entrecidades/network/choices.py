"""The closed vocabularies of the network."""

from enum import IntFlag, StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a body is; two counterparts are of one kind."""

    LOCAL_GOVERNMENT = "local_government", _("local government")
    ASSOCIATION = "association", _("association of local governments")
    INSTITUTE = "institute", _("institute")
    UNIVERSITY = "university", _("university")
    AGENCY = "agency", _("agency")
    NGO = "ngo", _("non-governmental organisation")
    COMPANY = "company", _("company")


class Tier(models.TextChoices):
    """The level of government; empty for bodies that do not govern."""

    MUNICIPALITY = "municipality", _("municipality")
    METROPOLIS = "metropolis", _("metropolitan body")
    INTERMEDIATE = "intermediate", _("province, department or county")
    REGION = "region", _("state or region")
    NATIONAL = "national", _("national body")
    INTERNATIONAL = "international", _("international body")


class Role(IntFlag):
    """What a city is beside its size; several may hold. The bits are stored: append only."""

    CAPITAL = 1
    REGION_MAIN = 2
    METROPOLIS = 4
    PORT = 8
    BORDER = 16
    UNIVERSITY = 32
    TOURISM = 64
    HERITAGE = 128
    INDUSTRY = 256


METROPOLIS_FROM = 1_000_000


ROLE_LABELS = {
    Role.CAPITAL: _("national capital"),
    Role.REGION_MAIN: _("largest city of its region"),
    Role.METROPOLIS: _("metropolis"),
    Role.PORT: _("port"),
    Role.BORDER: _("border city"),
    Role.UNIVERSITY: _("university city"),
    Role.TOURISM: _("tourist city"),
    Role.HERITAGE: _("heritage city"),
    Role.INDUSTRY: _("industrial city"),
}


class NameKind(models.TextChoices):
    """What a name is to its bearer."""

    OFFICIAL = "official", _("official name")
    SHORT = "short", _("short name")
    FORMER = "former", _("former name")


class MembershipKind(models.TextChoices):
    """How a body belongs to another without being contained in it."""

    MEMBER = "member", _("member")
    ANNOUNCED = "announced", _("member that has not confirmed yet")
    GROUPING = "grouping", _("part of a grouping")


class SuccessionKind(models.TextChoices):
    """How one body came after another."""

    MERGER = "merger", _("merger")
    SPLIT = "split", _("split")
    RENAMING = "renaming", _("renaming")


class Confirmation(models.TextChoices):
    """Whether those whom a record names have spoken about it."""

    UNCONFIRMED = "unconfirmed", _("unconfirmed")
    ONE_SIDE = "one_side", _("confirmed by one side")
    CONFIRMED = "confirmed", _("confirmed by both sides")
    DISPUTED = "disputed", _("disputed")


class Stance(models.TextChoices):
    """What a body says of a record that names it."""

    CONFIRMS = "confirms", _("it is as recorded")
    DIFFERS = "differs", _("it is different")
    DENIES = "denies", _("there is no such thing")


class DuplicateState(models.TextChoices):
    """What was decided of two entries that may be one body."""

    OPEN = "open", pgettext_lazy("pair of entries", "open")
    MERGED = "merged", pgettext_lazy("pair of entries", "merged")
    DIFFERENT = "different", _("two bodies")


class MergeState(models.TextChoices):
    """Whether a merge holds."""

    STANDING = "standing", _("stands")
    UNDONE = "undone", pgettext_lazy("merge", "undone")


class Visibility(models.IntegerChoices):
    """With whom a record is shared; each rung includes those below. The numbers are stored."""

    PRIVATE = 0, _("only our own body")
    PARTNER = 10, _("and the bodies it names")
    ASSOCIATION = 20, _("and our associations")
    OVERSIGHT = 30, _("and the oversight of our country")
    PUBLIC = 40, _("everybody")


class ClaimState(models.TextChoices):
    """How far a claim has come."""

    SENT = "sent", _("waits for the proof of the address")
    WAITING = "waiting", _("waits for a decision")
    GRANTED = "granted", pgettext_lazy("claim", "granted")
    DECLINED = "declined", pgettext_lazy("claim", "declined")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    REGISTER = "network:entity:register"
    SAY = "network:record:say"
    ENTRUST = "network:mandate:entrust"
    SHARE = "network:record:share"
    INVITE = "network:invitation:make"
    WITHDRAW = "network:invitation:withdraw"
    ACCEPT = "network:invitation:accept"
    CHANGE_ROLE = "network:mandate:change-role"
    END_MANDATE = "network:mandate:end"
    UNATTEND = "network:entity:unattend"
    CLAIM = "network:claim:make"
    PROVE_CLAIM = "network:claim:prove"
    BACK_CLAIM = "network:claim:back"
    GRANT_CLAIM = "network:claim:grant"
    DECLINE_CLAIM = "network:claim:decline"
    KNOW_DOMAIN = "network:domain:know"
    EDIT = "network:record:edit"
    REMOVE = "network:record:remove"
    BRING_BACK = "network:record:bring-back"
    DELETE = "network:record:delete"
    OPEN_POST = "network:post:open"
