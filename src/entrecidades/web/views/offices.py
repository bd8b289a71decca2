"""A new office of one's own body."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.network.selectors import may
from entrecidades.network.services import open_post
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.records import OfficeNewForm
from entrecidades.web.http import MemberRequest

REFUSED = 422


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def office_new(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """Enter an office by its title in the reader's language; its own page asks for the rest."""
    hers = Entity.objects.filter(pk__in=request.reader.own)
    entity = get_object_or_404(hers, country=country.upper(), slug=slug)
    if not may(request.user, Permission.EDIT_PROFILE, entity, on=clock.today()):
        raise Http404
    form = OfficeNewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        title = {get_language() or "en": form.cleaned_data["title"]}
        try:
            post = open_post(entity=entity, title=title, by=request.user, on=clock.today())
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            return redirect("web:own-edit", kind="office", public_id=post.public_id)
    status = REFUSED if form.errors else 200
    context = {"form": form, "entity": entity}
    return render(request, "web/entities/office_new.html", context, status=status)
