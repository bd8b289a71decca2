"""Browsers that somebody has used before: a signed cookie says whose, and nothing else."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from entrecidades.accounts.models import Person

COOKIE, SALT = "known", "entrecidades.known-browser"
YEAR, PEOPLE = timedelta(days=365), 5


def _people(request: HttpRequest) -> list[int]:
    """The numbers of those who have logged in with this browser, last one first."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return []
    return [one for one in told if isinstance(one, int)] if isinstance(told, list) else []


def is_known(request: HttpRequest, person: Person) -> bool:
    """Whether she has logged in with this browser within the year."""
    return person.pk in _people(request)


def remember_browser(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """The browser is hers too from now on."""
    people = [person.pk, *(one for one in _people(request) if one != person.pk)][:PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps(people, salt=SALT),
        max_age=YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
