"""Letting somebody in who has just proven her address by a link and was given an account."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person


def let_in(request: HttpRequest, person: Person, *, made: bool, to: str) -> HttpResponse:
    """A new account is logged in; one that was there is asked to log in as always.

    A link in a letter that is some days old is enough to begin an account, and too little to
    open one that may be protected by more.
    """
    if made:
        messages.success(request, _("Welcome. You act for this body from now on."))
        record_authentication(request, person, method="code", email=person.email)
        answer: HttpResponse = perform_login(request, person, redirect_url=to)
        return answer
    messages.success(request, _("You act for this body from now on."))
    if request.user.is_authenticated:
        return redirect(to)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': to})}")
