"""The door out of an association's letters to its members, and the way back in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from entrecidades.accounts.models import Person
from entrecidades.kernel import clock
from entrecidades.members.selectors import declined_by
from entrecidades.members.services import accept_letters, decline_letters
from entrecidades.members.tickets import read_stop_ticket
from entrecidades.network.models import Entity
from entrecidades.web.caching import member_page
from entrecidades.web.http import MemberRequest, Request


@never_cache
@csrf_exempt  # a mail programme has no cookie (RFC 8058): the signed link is the proof
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters_stop(request: Request, ticket: str) -> HttpResponse:
    """Decline an association's letters by the link in one: asked once, or by a mail programme."""
    found = read_stop_ticket(ticket)
    if found is None:
        raise Http404
    association = get_object_or_404(Entity, pk=found[0])
    person = get_object_or_404(Person, pk=found[1])
    if request.method == "POST":
        decline_letters(person=person, association=association, at=clock.now())
    context = {"association": association, "is_done": request.method == "POST"}
    return render(request, "web/circulars/stop.html", context)


@member_page
@require_POST
def letters_accept(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """Get the letters of an association again."""
    declined = Entity.objects.filter(pk__in=declined_by(request.user).values("entity"))
    association = get_object_or_404(declined, country=country.upper(), slug=slug)
    accept_letters(person=request.user, association=association)
    messages.success(request, _("You get these letters again."))
    return redirect("web:account")
