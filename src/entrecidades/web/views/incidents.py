"""The register of incidents with people's data, each with its countdown."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entrecidades.kernel import clock
from entrecidades.privacy.choices import IncidentStep
from entrecidades.privacy.models import Incident
from entrecidades.privacy.services import incidents as services
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.privacy import IncidentForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.operators import operators_page
from entrecidades.web.presenters.my_data import law_told, left_of

REFUSED = 422


@require_safe
@operators_page
def incident_list(request: MemberRequest) -> HttpResponse:
    """All incidents, the newest first."""
    at = clock.now()
    rows = [(one, left_of(one.due_at, at=at)) for one in Incident.objects.all()]
    return render(request, "web/privacy/incident_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
def incident_new(request: MemberRequest) -> HttpResponse:
    """Note an incident; the clock is shown at once."""
    form = IncidentForm(
        request.POST if request.method == "POST" else None, initial={"known_at": clock.now()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.note_incident(**form.cleaned_data, by=request.user, at=clock.now())
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            return redirect("web:incident-detail", public_id=made.public_id)
    status = REFUSED if form.errors else 200
    return render(request, "web/privacy/incident_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
def incident_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """One incident: what is known, what is due, and the next steps."""
    incident = get_object_or_404(Incident, public_id=public_id)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            step = IncidentStep(request.POST.get("step", ""))
            services.take_step(incident=incident, step=step, by=request.user, at=clock.now())
        except ValidationError as told:
            refusal, status = " ".join(told.messages), REFUSED
        except ValueError:
            refusal, status = _("There is no such step."), REFUSED
        else:
            messages.success(request, _("Done."))
            return redirect("web:incident-detail", public_id=public_id)
    at = clock.now()
    context = {
        "incident": incident,
        "left": left_of(incident.due_at, at=at),
        "details_left": incident.details_due_at and left_of(incident.details_due_at, at=at),
        "law": law_told("incident", incident.country, incident.began_at.date()),
        "steps": [one for one in IncidentStep if not getattr(incident, services.MOMENTS[one])],
        "refusal": refusal,
    }
    return render(request, "web/privacy/incident_detail.html", context, status=status)
