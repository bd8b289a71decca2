"""Which address of the house counts which attempt, and whose."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.internal.stagekit import unstash_login
from django.http import HttpRequest

from entrecidades.accounts.limits import LIMITS, Attempt, Scope
from entrecidades.accounts.models import Person
from entrecidades.accounts.rules import same_address
from entrecidades.kernel.allowances import Allowance
from entrecidades.web.limits.keys import key_of
from entrecidades.web.limits.networks import network_of

READING, SENDING = ("GET", "HEAD"), ("POST",)


def typed(field: str) -> Callable[[HttpRequest], str]:
    """Whoever is named by an address in a form."""
    return lambda request: same_address(str(request.POST.get(field, "")))


def member(request: HttpRequest) -> str:
    """Whoever is logged in."""
    return str(request.user.pk or "")


def half_way(request: HttpRequest) -> str:
    """Whoever has given the first proof, and is asked for the second."""
    login = unstash_login(request, peek=True)
    return str(login.user.pk) if login and isinstance(login.user, Person) else ""


def nobody(_request: HttpRequest) -> str:
    """No person in particular."""
    return ""


@dataclass(frozen=True, slots=True)
class Guard:
    """An attempt at an address: how it is asked, whose it is, and whether success is free."""

    attempt: Attempt
    methods: tuple[str, ...] = SENDING
    person: Callable[[HttpRequest], str] = nobody
    success_is_free: bool = False
    buttons: tuple[str, ...] = ()  # when a form has several, those that are counted

    def allowances(self, request: HttpRequest) -> list[Allowance]:
        """What this request would use up."""
        person, network = self.person(request), network_of(request)
        whose = {
            Scope.PERSON: person,
            Scope.PERSON_HERE: f"{person}@{network}",
            Scope.NETWORK: network,
            Scope.EVERYBODY: "",
        }
        return [
            Allowance(key_of(self.attempt, scope, whose[scope]), limit)
            for scope, limits in LIMITS[self.attempt].items()
            for limit in limits
        ]

    def counts(self, request: HttpRequest) -> bool:
        """Whether this request is an attempt at all."""
        pressed = not self.buttons or any(one in request.POST for one in self.buttons)
        return request.method in self.methods and pressed


SEARCH = Guard(Attempt.SEARCH, READING)
EXPORT = Guard(Attempt.EXPORT, READING)
API = Guard(Attempt.API, (*READING, *SENDING))
GUARDS = {
    "account_login": Guard(Attempt.LOG_IN, person=typed("login"), success_is_free=True),
    "account_request_login_code": Guard(Attempt.LETTER, person=typed("email")),
    "account_confirm_login_code": Guard(Attempt.CODE, success_is_free=True),
    "account_reset_password": Guard(Attempt.NEW_PASSWORD, person=typed("email")),
    "account_reset_password_from_key": Guard(Attempt.CODE, success_is_free=True),
    "account_reauthenticate": Guard(Attempt.PROOF_AGAIN, person=member, success_is_free=True),
    "account_change_password": Guard(Attempt.PROOF_AGAIN, person=member, success_is_free=True),
    "account_email": Guard(
        Attempt.NEW_ADDRESS, person=member, buttons=("action_add", "action_send")
    ),
    "mfa_authenticate": Guard(Attempt.SECOND_PROOF, person=half_way, success_is_free=True),
    "mfa_reauthenticate": Guard(Attempt.PROOF_AGAIN, person=member, success_is_free=True),
    "mfa_login_webauthn": Guard(Attempt.PASSKEY, success_is_free=True),
    "web:join": Guard(Attempt.JOIN_CODE, success_is_free=True),
    "web:join-ask": Guard(Attempt.JOIN, person=typed("email")),
    "web:team-invite": Guard(Attempt.INVITE, person=member),
    "web:city-claim": Guard(Attempt.CLAIM, person=typed("email")),
    "web:entity-claim": Guard(Attempt.CLAIM, person=typed("email")),
    "web:search": SEARCH,
    "web:city-export": EXPORT,
    "web:country-export": EXPORT,
    "web:entity-export": EXPORT,
    "web:partnership-export": EXPORT,
    "web:my-data-download": EXPORT,
}


def guard_of(view_name: str) -> Guard | None:
    """The guard of an address, if it has one."""
    return API if view_name.startswith("api:") else GUARDS.get(view_name)
