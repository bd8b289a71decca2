"""Days of calls and projects as files for the reader's own calendar."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from entrecidades.calls.models import Call
from entrecidades.engines.icalendar import Entry, calendar
from entrecidades.kernel.text import with_colon
from entrecidades.projects.models import Project

KIND = "text/calendar; charset=utf-8"


def call_calendar(call: Call, request: HttpRequest) -> HttpResponse:
    """When a call opens and closes, until when it is read and on which day it is decided."""
    days = (
        ("opens", _("The call opens"), call.opens_at),
        ("closes", _("Last moment to submit"), call.closes_at),
        ("read", _("Applications have been read"), call.reads_until),
        ("decided", _("Decisions are published"), call.decides_on),
    )
    url = request.build_absolute_uri(call.get_absolute_url())
    entries = [
        Entry(f"call-{call.pk}-{key}", with_colon(words, call), day, url=url)
        for key, words, day in days
        if day is not None
    ]
    told = calendar(str(call), entries, host=_host(url), stamped=call.moved_at)
    return _file(told, call.slug)


def project_calendar(project: Project, request: HttpRequest) -> HttpResponse:
    """What is to be done in a project by which day, and what is done already."""
    url = request.build_absolute_uri(project.get_absolute_url())
    entries = list(_milestones(project, url))
    told = calendar(str(project), entries, host=_host(url), stamped=project.heard_at)
    return _file(told, f"project-{project.public_id}")


def _milestones(project: Project, url: str) -> Iterator[Entry]:
    """The milestones on the days on which they are due, the done ones on that day."""
    for one in project.milestones.filter(removed_at=None):
        words = _("Done: %(what)s") if one.done_on else _("Due: %(what)s")
        title = f"{words % {'what': one}} ({project})"
        yield Entry(f"milestone-{one.public_id}", title, one.done_on or one.due_on, url=url)


def _host(url: str) -> str:
    """The name of the house, by which its entries are told from those of others."""
    return urlsplit(url).hostname or "localhost"


def _file(told: bytes, name: str) -> HttpResponse:
    """A calendar as a file to take away."""
    response = HttpResponse(told, content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
