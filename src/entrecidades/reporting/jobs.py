"""What the worker does for reports: typeset their files, and remind those who declare."""

from datetime import date, timedelta

from django.utils.translation import override

from entrecidades.network.selectors.places import land
from entrecidades.reporting.models import Campaign, Edition
from entrecidades.reporting.printing import printed
from entrecidades.reporting.selectors import year_facts
from entrecidades.reporting.services import fill_edition, note_progress, remind_declarants

STEPS = 3
#: After so long nobody is reminded of a campaign any more.
OVER = timedelta(days=90)


def build_edition(key: str, edition_id: int) -> None:  # noqa: ARG001 - made twice it is one file
    """Gather the facts of a year, draw its map, typeset it; nothing if the report is gone."""
    rows = Edition.objects.select_related("report__programme", "report__entity")
    edition = rows.filter(pk=edition_id, report__removed_at=None).first()
    if edition is None:
        return
    with override(edition.language):
        facts = year_facts(edition.report)
        note_progress(edition=edition, done=1, total=STEPS)
        points = list(land())
        note_progress(edition=edition, done=2, total=STEPS)
        content = printed(facts, points)
    fill_edition(edition=edition, content=content)
    note_progress(edition=edition, done=STEPS, total=STEPS)


def remind_of_declarations(on: str) -> None:
    """Remind those who have not declared, before and after the last day of each campaign."""
    day = date.fromisoformat(on)
    recent = Campaign.objects.filter(due_on__gte=day - OVER)
    for key in recent.order_by("pk").values_list("pk", flat=True):
        remind_declarants(campaign_id=key, on=day)
