"""What people of a body do with its projects: begin one, lead it on, say who takes part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import SIGNED
from entrecidades.agreements.selectors import agreements_of
from entrecidades.kernel import clock
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Place
from entrecidades.network.selectors import Reader, entities_where
from entrecidades.projects import services
from entrecidades.projects.choices import ProjectKind, ProjectStep, Role
from entrecidades.projects.models import Project, ProjectRole
from entrecidades.projects.selectors import Draft, Met, overlapping, projects_told, reads_reports
from entrecidades.web.asked import body_of
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.projects import ProjectForm, RoleForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.typed import number_typed
from entrecidades.web.views.projects import project_page

REFUSED = 422


def project_inside(request: MemberRequest, public_id: UUID) -> Project:
    """A project in which the reader takes part or whose programme she coordinates; else 404."""
    project = get_object_or_404(projects_told(request.reader), public_id=public_id)
    if not reads_reports(request.reader, project):
        return get_object_or_404(Project.objects.none())
    return project


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: MemberRequest) -> HttpResponse:
    """Begin a project or an action; what it may overlap with is shown beside the form."""
    hers = entities_where(request.user, Permission.EDIT_PROJECT, on=clock.today())
    speakers = list(hers.select_related("seat").prefetch_related("names"))
    if not speakers:
        return render(request, "web/board/nobody.html")
    sent = request.POST if request.method == "POST" else None
    form = ProjectForm(
        sent,
        speakers=speakers,
        agreements=agreements_of(request.reader).filter(state__in=SIGNED),
        initial={
            "programme": request.GET.get("for", ""),
            "agreement": request.GET.get("on", ""),
        },
    )
    if sent is not None and form.is_valid() and (project := _begun(request, form)):
        messages.success(request, _("Begun. Those who take part are told by letter."))
        return redirect(project)
    met = _met(form, request.reader) if sent is not None else []
    context = {"form": form, "overlaps": met}
    status = REFUSED if form.errors else 200
    return render(request, "web/projects/new.html", context, status=status)


def _begun(request: MemberRequest, form: ProjectForm) -> Project | None:
    """The project; nothing when it was refused, and then no body was registered either."""
    facts = form.cleaned_data
    try:
        with transaction.atomic():
            roles = [(Role(facts["own_role"]), facts["entity"])]
            if facts["partner"]:
                roles.append(
                    (Role(facts["partner_role"]), body_of(facts["partner"], by=request.user))
                )
            return services.begin_project(
                title=facts["title"],
                summary=facts["summary"],
                language=facts["language"],
                coordinator=facts["entity"],
                roles=roles,
                agreement=facts["agreement"],
                programme=facts["programme"],
                themes=facts["themes"],
                kind=ProjectKind(facts["kind"]),
                places=_places(facts),
                planned=(facts["planned_from"], facts["planned_to"]),
                visibility=Visibility(int(facts["visibility"])),
                by=request.user,
                at=clock.now(),
            )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None


def _places(facts: dict[str, Any]) -> list[Place]:
    """Where it is done: where she said, else the seat of her own body."""
    seat = facts["entity"].seat if facts.get("entity") else None
    place = facts.get("place") or seat
    return [place] if place else []


def _met(form: ProjectForm, reader: Reader) -> list[Met]:
    """What overlaps with a form as far as it is filled in and understood."""
    form.is_valid()
    facts = form.cleaned_data
    days = (facts.get("planned_from"), facts.get("planned_to"))
    return overlapping(Draft(_places(facts), facts.get("themes") or [], *days), reader=reader)


@member_page
@require_safe
def project_overlaps(request: MemberRequest) -> HttpResponse:
    """What overlaps with the form as it stands, for the form itself to show."""
    hers = entities_where(request.user, Permission.EDIT_PROJECT, on=clock.today())
    form = ProjectForm(request.GET, speakers=list(hers.select_related("seat")))
    context = {"overlaps": _met(form, request.reader), "looked": True}
    return render(request, "web/projects/_overlaps.html", context)


@member_page
@require_POST
def project_step(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Lead a project one step on, or take the last step back; a refusal is told on its page."""
    project = project_inside(request, public_id)
    who: dict[str, Any] = {"project_id": project.pk, "by": request.user, "at": clock.now()}
    try:
        if "undo" in request.POST:
            services.undo_last_step(**who)
        else:
            step = ProjectStep(request.POST.get("step", ""))
            services.take_project_step(step=step, **who)
    except ValidationError as refusal:
        return project_page(request, project, " ".join(refusal.messages), REFUSED)
    except ValueError:
        return project_page(request, project, _("There is no such step."), REFUSED)
    messages.success(request, _("Done. Those who take part are told by letter."))
    return redirect(project)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def project_roles(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Say who takes part in a project, and who no longer does."""
    project = project_inside(request, public_id)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and "release" in sent:
        return _released(request, project, sent["release"])
    form = RoleForm(sent)
    if sent is not None and form.is_valid() and _named(request, project, form):
        messages.success(request, _("Done. Those who take part are told by letter."))
        return redirect(project)
    context = {
        "project": project,
        "form": form,
        "roles": project.roles.select_related("entity").prefetch_related("entity__names"),
    }
    return render(
        request, "web/projects/roles.html", context, status=REFUSED if form.errors else 200
    )


def _named(request: MemberRequest, project: Project, form: RoleForm) -> bool:
    """Whether the body takes part now; a refusal is told at the head of the form."""
    facts = form.cleaned_data
    try:
        with transaction.atomic():
            services.name_role(
                project_id=project.pk,
                role=Role(facts["role"]),
                entity=body_of(facts["named"], by=request.user),
                by=request.user,
                at=clock.now(),
            )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True


def _released(request: MemberRequest, project: Project, raw: str) -> HttpResponse:
    """A body no longer has a role; a refusal is told on the project's page."""
    given = get_object_or_404(ProjectRole, project=project, pk=number_typed(raw, 18))
    try:
        services.release_role(role_id=given.pk, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return project_page(request, project, " ".join(refusal.messages), REFUSED)
    messages.success(request, _("Done."))
    return redirect(project)
