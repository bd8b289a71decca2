"""The closed vocabularies of privacy."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    ASK = "privacy:request:ask"
    CONFIRM = "privacy:request:confirm"
    EXTEND = "privacy:request:extend"
    ANSWER = "privacy:request:answer"
    WITHDRAW = "privacy:request:withdraw"
    ERASE = "privacy:person:erase"
    NOTE = "privacy:incident:note"
    STEP = "privacy:incident:step"
    WARN = "privacy:person:warn"


class RequestKind(models.TextChoices):
    """What somebody asks for."""

    ACCESS = "access", _("to know what is held about her")
    RECTIFICATION = "rectification", _("to have it corrected")
    ERASURE = "erasure", _("to be erased")
    OBJECTION = "objection", _("that it is no longer used")
    INFORMATION = "information", _("for public information")


class RequestState(models.TextChoices):
    """How far a request has come."""

    OPEN = "open", _("waits for an answer")
    CONFIRMED = "confirmed", _("confirmed; being carried out")
    DONE = "done", _("answered")
    REFUSED = "refused", _("declined, with reasons")
    WITHDRAWN = "withdrawn", _("withdrawn by her")


class IncidentStep(models.TextChoices):
    """What is done about an incident, one after the other."""

    TELL_AUTHORITY = "tell-authority", _("The authority has been told")
    TELL_PEOPLE = "tell-people", _("The people concerned have been told")
    TELL_DETAILS = "tell-details", _("The details have been handed in")
    CLOSE = "close", _("Close the incident")


class Country(models.TextChoices):
    """Whose law and whose holidays count."""

    BR = "BR", _("Brazil")
    PT = "PT", _("Portugal")
    FR = "FR", _("France")
    IT = "IT", _("Italy")
    MZ = "MZ", _("Mozambique")
    US = "US", _("United States")
