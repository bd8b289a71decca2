"""Incidents: noted with the clock of the law, and answered step by step."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.audit.services import record
from entrecidades.kernel.errors import Refusal
from entrecidades.privacy.choices import Act, IncidentStep
from entrecidades.privacy.clocks import clock_for, due_at
from entrecidades.privacy.models import Incident
from entrecidades.privacy.rules import NotOpen

#: Which moment a step sets.
MOMENTS = {
    IncidentStep.TELL_AUTHORITY: "authority_told_at",
    IncidentStep.TELL_PEOPLE: "people_told_at",
    IncidentStep.TELL_DETAILS: "details_told_at",
    IncidentStep.CLOSE: "closed_at",
}


@transaction.atomic
def note_incident(
    *, title: str, text: str, country: str, known_at: datetime, by: Person, at: datetime
) -> Incident:
    """An incident stands with its clock, which runs from the moment at which it became known.

    Raises
    ------
    Refusal
        It became known in the future, or no law gives a time.
    """
    if known_at > at:
        raise Refusal(_("It cannot become known later than now."))
    found = clock_for("incident", country, on=known_at.date())
    if found is None:
        raise Refusal(_("No law that the house knows gives a time for this; choose another kind."))
    law, clock = found
    incident = Incident.objects.create(
        title=title,
        text=text,
        country=country,
        law=law.key,
        began_at=known_at,
        due_at=due_at(clock, country, began=known_at),
        noted_by=by,
    )
    record(Act.NOTE, subject=incident, by=by, law=law.key, due=incident.due_at)
    return incident


@transaction.atomic
def take_step(*, incident: Incident, step: IncidentStep, by: Person, at: datetime) -> Incident:
    """A step is taken, once; telling the authority begins the clock of the details.

    Raises
    ------
    NotOpen
        The incident is closed, the step is taken, or it cannot be closed before the others.
    """
    held = Incident.objects.select_for_update().filter(pk=incident.pk, closed_at=None).first()
    if held is None or getattr(held, MOMENTS[step]) is not None:
        raise NotOpen(_("This step has been taken already."))
    if step == IncidentStep.CLOSE and held.authority_told_at is None:
        raise NotOpen(_("Tell the authority first, or note in the text why it need not be told."))
    setattr(held, MOMENTS[step], at)
    if step == IncidentStep.TELL_AUTHORITY:
        details = clock_for("incident-details", held.country, on=at.date())
        held.details_due_at = due_at(details[1], held.country, began=at) if details else None
    held.save(update_fields=[MOMENTS[step], "details_due_at"])
    record(Act.STEP, subject=held, by=by, step=step.value)
    return held
