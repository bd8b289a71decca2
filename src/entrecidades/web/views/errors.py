"""Pages for what went wrong, in the reader's language; nothing of the machine is shown."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from entrecidades.kernel import ids
from entrecidades.web.limits.middleware import typed_in

log = logging.getLogger(__name__)
BARE = (
    '<!DOCTYPE html><meta charset="utf-8"><title>{title}</title>'
    "<h1>{title}</h1><p>{text}</p><p>{incident}</p>"
)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """One page for every error: what happened, what was kept, what to do."""
    context = {"title": title, "text": text, "status": status}
    return render(request, "web/error.html", context, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """The request could not be understood."""
    title = _("This address could not be understood")
    return _page(request, 400, title, _("Check the address, or begin again from the search."))


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """The form was too old, or came from somewhere else."""
    title = _("This could not be sent")
    text = _("The form was open for too long. Go back, reload the page and send it again.")
    return _page(request, 403, title, text)


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """Nothing is at this address, or nothing that the reader may see."""
    title = _("There is nothing at this address")
    text = _("It may have been written differently. Try the search, or the list of cities.")
    return _page(request, 404, title, text)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: the reader is given the number under which the log tells of it.

    The line of the log is written after this page and finds the number at the request
    (config.logs). Where even the page of the house breaks, a bare one stands in for it.
    """
    incident = ids.incident_id()
    request.incident = incident  # type: ignore[attr-defined]  # read by the log, by us alone
    title = _("Something went wrong on our side")
    text = _("What you had saved before is kept; what you were just sending was not saved.")
    context = {
        "title": title,
        "text": text,
        "status": 500,
        "incident": incident,
        "typed": typed_in(request),
    }
    try:
        return render(request, "web/error.html", context, status=500)
    except Exception:  # the database may be what broke, and the page asks it who reads
        log.exception("the page of an incident failed too", extra={"request": request})
        bare = format_html(BARE, title=title, text=text, incident=incident)
        return HttpResponse(bare, status=500)
