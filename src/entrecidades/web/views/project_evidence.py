"""Documents that show what a project has done: handed in by a party, and given out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.documents.selectors import content_of
from entrecidades.kernel import clock
from entrecidades.projects.models import Project
from entrecidades.projects.selectors import evidence_on, parties_for, projects_seen_by
from entrecidades.projects.services import add_evidence
from entrecidades.web.caching import member_page, public_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.projects import EvidenceForm
from entrecidades.web.http import MemberRequest, Request
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


@public_page
@login_not_required
@require_safe
def project_evidence_file(request: Request, public_id: UUID, evidence: UUID) -> FileResponse:
    """A document shown with a project, for those who see both; always as a file to keep."""
    project = get_object_or_404(projects_seen_by(request.reader), public_id=public_id)
    shown = evidence_on(project, reader=request.reader).filter(public_id=evidence).first()
    path = content_of(shown.document) if shown else None
    if shown is None or path is None or not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=shown.document.file_name,
        content_type=shown.document.manner.media_type,
    )
