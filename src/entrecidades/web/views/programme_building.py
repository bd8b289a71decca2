"""A programme made, edited, published and followed by its next edition."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entrecidades.cooperation import services
from entrecidades.cooperation.choices import OfferState, OfferStep, ProgrammeState, ProgrammeStep
from entrecidades.cooperation.models import Axis, Programme
from entrecidades.cooperation.rules import PROGRAMME_LIFE
from entrecidades.cooperation.selectors import (
    bodies_running,
    lacking_in,
    makers_for,
    offers_for,
    programmes_run_by,
    programmes_seen_by,
)
from entrecidades.kernel import clock
from entrecidades.kernel.lives import steps_from
from entrecidades.kernel.versions import Versioned
from entrecidades.network.rules import EditedMeanwhile
from entrecidades.network.services import Seen
from entrecidades.web.caching import member_page
from entrecidades.web.forms.editing import EditForm
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.programmes import (
    AxisForm,
    AxisNewForm,
    CoordinatorForm,
    EditionForm,
    ProgrammeForm,
    ProgrammeNewForm,
    name_in,
)
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.call_clashes import clashes_told
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.shown import Shown, seal, shown_now, unseal
from entrecidades.web.typed import number_typed

REFUSED, DISPUTED = 422, 409
NEW = "new"


def run_programme(request: MemberRequest, slug: str) -> Programme:
    """The programme, if the person runs it; for others there is no such page."""
    mine = programmes_run_by(request.user, on=clock.today())
    return get_object_or_404(mine.select_related("relation", "edition_of"), slug=slug)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def programme_new(request: MemberRequest) -> HttpResponse:
    """Begin a programme; who is asked to coordinate it with us answers by herself."""
    makers = list(makers_for(request.user, on=clock.today()).prefetch_related("names"))
    if not makers:
        return render(request, "web/programmes/nobody.html")
    data = request.POST if request.method == "POST" else None
    form = ProgrammeNewForm(data, speakers=makers)
    if data is not None and form.is_valid() and (made := _made(request, form)):
        messages.success(request, _("Begun. Nobody else sees it before you publish it."))
        return redirect("web:programme-build", slug=made.slug)
    context = {"form": form}
    return render(
        request, "web/programmes/new.html", context, status=REFUSED if form.errors else 200
    )


def _made(request: MemberRequest, form: ProgrammeNewForm) -> Programme | None:
    """The new programme; nothing when it was refused, and then nobody was asked either."""
    facts = form.cleaned_data
    try:
        with transaction.atomic():
            made = services.make_programme(
                entity=facts["entity"],
                name=name_in(form),
                begins_on=facts["begins_on"],
                ends_on=facts["ends_on"],
                by=request.user,
                on=clock.today(),
            )
            if facts["partner"]:
                services.ask_coordinator(
                    programme_id=made.pk, entity=facts["partner"], by=request.user, at=clock.now()
                )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None
    return made


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def programme_next(request: MemberRequest, slug: str) -> HttpResponse:
    """Draft the next edition of a programme."""
    programme = run_programme(request, slug)
    data = request.POST if request.method == "POST" else None
    form = EditionForm(data, initial={"name": str(programme)})
    if data is not None and form.is_valid() and (made := _edition(request, programme, form)):
        messages.success(request, _("The next edition is drafted, with the same axes."))
        return redirect("web:programme-build", slug=made.slug)
    context = {"form": form, "programme": programme}
    return render(
        request, "web/programmes/next.html", context, status=REFUSED if form.errors else 200
    )


def _edition(request: MemberRequest, programme: Programme, form: EditionForm) -> Programme | None:
    """The next edition, its earlier coordinators asked; nothing when it was refused."""
    facts = form.cleaned_data
    try:
        with transaction.atomic():
            made = services.clone_programme(
                programme=programme,
                name=name_in(form),
                begins_on=facts["begins_on"],
                ends_on=facts["ends_on"],
                by=request.user,
                on=clock.today(),
            )
            there = made.coordinations.values("entity")
            others = programme.coordinations.exclude(entity__in=there).select_related("entity")
            for one in others if facts["asks"] else ():
                services.ask_coordinator(
                    programme_id=made.pk, entity=one.entity, by=request.user, at=clock.now()
                )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None
    return made


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def programme_build(request: MemberRequest, slug: str) -> HttpResponse:
    """What a programme consists of and what it lacks; its steps are taken here."""
    programme = run_programme(request, slug)
    refusal: list[str] = []
    if request.method == "POST":
        try:
            step = ProgrammeStep(request.POST.get("step", ""))
            services.take_programme_step(
                programme_id=programme.pk, step=step, by=request.user, at=clock.now()
            )
        except ValidationError as problem:
            refusal = problem.messages
        except ValueError:
            refusal = [_("There is no such step.")]
        else:
            messages.success(request, _("Done."))
            return redirect("web:programme-build", slug=slug)
    bodies = list(programme.coordinations.values_list("entity", flat=True))
    context = {
        "programme": programme,
        "axes": programme.axes.prefetch_related("themes"),
        "coordinations": programme.coordinations.select_related("entity", "country"),
        "offers": programme.offers.filter(state=OfferState.ASKED).select_related("entity"),
        "lacking": lacking_in(programme),
        "steps": steps_from(PROGRAMME_LIFE, ProgrammeState(programme.state)),
        "refusal": refusal,
        "history": history_told(programme, Sight.of(request.reader, bodies=bodies)),
    }
    status = REFUSED if refusal else 200
    return render(request, "web/programmes/build.html", context, status=status)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """A programme's words and days; of two who write, the second sees both."""
    programme = run_programme(request, slug)
    data = request.POST if request.method == "POST" else None
    form = ProgrammeForm(data, record=programme, editor=request.user)

    def save(seen: Seen, said: dict[str, Any]) -> None:
        services.edit_programme(
            programme=programme, seen=seen, said=said, by=request.user, on=clock.today()
        )

    return _edited(request, programme, programme, form, save)


def _edited(
    request: MemberRequest, programme: Programme, row: Versioned, form: EditForm, save: Any
) -> HttpResponse:
    """Show the form of a row, save it, or show beside it what others wrote meanwhile."""
    if request.method != "POST":
        return _form_page(request, programme, row, form, shown_now(row))
    shown = unseal(request.POST.get("shown", ""), row)
    if not form.is_valid():
        return _form_page(request, programme, row, form, shown, status=REFUSED)
    try:
        save(shown.seen, form.said(shown.seen.units or {}))
    except EditedMeanwhile as meanwhile:
        now = Shown(Seen(meanwhile.record_version, meanwhile.there))
        told = clashes_told(row, meanwhile.merged.clashes)
        return _form_page(request, programme, row, form, now, clashes=told, status=DISPUTED)
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return _form_page(request, programme, row, form, shown, status=REFUSED)
    messages.success(request, _("Saved."))
    return redirect("web:programme-build", slug=programme.slug)


def _form_page(
    request: MemberRequest,
    programme: Programme,
    row: Versioned,
    form: EditForm,
    shown: Shown,
    *,
    clashes: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form of a programme or of one of its axes."""
    context = {
        "programme": programme,
        "form": form,
        "shown": seal(row, shown),
        "clashes": clashes or [],
        "axis": row if isinstance(row, Axis) else None,
    }
    return render(request, "web/programmes/edit.html", context, status=status)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def programme_axis(request: MemberRequest, slug: str, which: str) -> HttpResponse:
    """One axis of a programme: a new one, or one to edit or to take out."""
    programme = run_programme(request, slug)
    if which == NEW:
        return _axis_new(request, programme)
    key = number_typed(which, 18)
    axis = get_object_or_404(programme.axes.all(), pk=key)
    data = request.POST if request.method == "POST" else None
    form = AxisForm(data, record=axis, editor=request.user)
    if data is not None and "drop" in data:
        return _axis_dropped(request, programme, axis, form)

    def save(seen: Seen, said: dict[str, Any]) -> None:
        services.edit_axis(axis=axis, seen=seen, said=said, by=request.user, on=clock.today())

    return _edited(request, programme, axis, form, save)


def _axis_new(request: MemberRequest, programme: Programme) -> HttpResponse:
    """The form of a new axis."""
    data = request.POST if request.method == "POST" else None
    form = AxisNewForm(data)
    if data is not None and form.is_valid():
        try:
            services.add_axis(
                programme_id=programme.pk,
                label=name_in(form, "label"),
                themes=form.chosen(),
                by=request.user,
                on=clock.today(),
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("web:programme-build", slug=programme.slug)
    context = {"programme": programme, "form": form}
    return render(
        request, "web/programmes/axis.html", context, status=REFUSED if form.errors else 200
    )


def _axis_dropped(
    request: MemberRequest, programme: Programme, axis: Axis, form: AxisForm
) -> HttpResponse:
    """Take an axis out, or say why it stays."""
    try:
        services.drop_axis(axis=axis, by=request.user, on=clock.today())
    except ValidationError as refusal:
        form.is_valid()
        keep_refusal(form, refusal)
        return _form_page(request, programme, axis, form, shown_now(axis), status=REFUSED)
    messages.success(request, _("Taken out."))
    return redirect("web:programme-build", slug=programme.slug)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def programme_coordinators(request: MemberRequest, slug: str) -> HttpResponse:
    """Who coordinates a programme: they ask others; who is asked answers here."""
    programme = get_object_or_404(programmes_seen_by(request.reader), slug=slug)
    day = clock.today()
    mine = list(bodies_running(request.user, programme, on=day).prefetch_related("names"))
    asked = list(offers_for(request.user, on=day).filter(programme=programme))
    if not mine and not asked:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = CoordinatorForm(data if data is not None and "ask" in data else None)
    refusal: list[str] = []
    if data is not None and (not form.is_bound or form.is_valid()):
        try:
            _coordinate(request, programme, form)
        except ValidationError as problem:
            refusal = problem.messages
        else:
            messages.success(request, _("Done."))
            still = programmes_seen_by(request.reader).filter(pk=programme.pk).exists()
            return redirect(programme if still else "web:desk")
    context = {
        "programme": programme,
        "form": form if mine else None,
        "mine": mine,
        "asked": asked,
        "coordinations": programme.coordinations.select_related("entity", "country"),
        "offers": programme.offers.filter(state=OfferState.ASKED).select_related("entity"),
        "refusal": refusal,
    }
    status = REFUSED if refusal or form.errors else 200
    return render(request, "web/programmes/coordinators.html", context, status=status)


def _coordinate(request: MemberRequest, programme: Programme, form: CoordinatorForm) -> None:
    """Ask a body, answer an offer, take one back, or leave."""
    who: dict[str, Any] = {"by": request.user}
    if form.is_bound:
        entity = form.cleaned_data["entity"]
        services.ask_coordinator(programme_id=programme.pk, entity=entity, at=clock.now(), **who)
        return
    if leaving := request.POST.get("leave", ""):
        rows = programme.coordinations.select_related("entity")
        one = next((row for row in rows if str(row.entity.public_id) == leaving), None)
        if one is not None:
            services.leave_programme(
                programme_id=programme.pk, entity=one.entity, on=clock.today(), **who
            )
        return
    offer = programme.offers.filter(entity__slug=request.POST.get("offer", "")).last()
    step = request.POST.get("step", "")
    if offer is None or step not in OfferStep.values:
        raise ValidationError(_("There is no such step."))
    services.answer_offer(offer_id=offer.pk, step=OfferStep(step), at=clock.now(), **who)
