"""Documents that show what a project has done: handed in by a party."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel import clock
from entrecidades.projects.models import Project
from entrecidades.projects.selectors import parties_for
from entrecidades.projects.services import add_evidence
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.projects import EvidenceForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.views.own_projects import REFUSED, project_inside


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def project_evidence(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Hand in a file that shows what was done."""
    project = project_inside(request, public_id)
    day = clock.today()
    reporting = parties_for(request.user, project, Permission.REPORT_PROJECT, on=day)
    handing = parties_for(request.user, project, Permission.HAND_IN, on=day)
    speakers = [body for body in reporting if body in handing]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EvidenceForm(*sent, project=project, speakers=speakers)
    if sent and form.is_valid() and _added(request, project, form):
        messages.success(request, _("Kept. The other parties see it."))
        return redirect(project)
    context = {"project": project, "form": form, "title": _("Show what was done")}
    status = REFUSED if form.errors else 200
    return render(request, "web/projects/form.html", context, status=status)


def _added(request: MemberRequest, project: Project, form: EvidenceForm) -> bool:
    """Whether the file was taken; each reason why not is told at the head of the form."""
    who: dict[str, Any] = {"project_id": project.pk, "by": request.user, "at": clock.now()}
    try:
        add_evidence(**who, **form.cleaned_data)
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True
