"""What the house states about itself in a federation of trust (its entity configuration)."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from entrecidades.engines.federation.chain import KIND
from entrecidades.kernel.own_keys import CIPHERS, LOCKS, locking_part, public_part, signed
from entrecidades.web.caching import public_page

#: For so many seconds the statement holds.
HOLDS = 24 * 60 * 60


@login_not_required
@public_page
@require_safe
def house_statement(_request: HttpRequest) -> HttpResponse:
    """The house as a member of a federation: its keys, superiors, marks and addresses, signed."""
    told = settings.FEDERATION
    if not told:
        raise Http404
    now = int(time.time())
    facts = {
        "iss": told["entity"],
        "sub": told["entity"],
        "iat": now,
        "exp": now + HOLDS,
        "jwks": {"keys": [public_part(key) for key in told["keys"]]},
        "authority_hints": told["superiors"],
        "metadata": {"federation_entity": _member(told), "openid_relying_party": _party(told)},
        **({"trust_marks": told["trust_marks"]} if told["trust_marks"] else {}),
    }
    return HttpResponse(signed(facts, told["keys"][0], KIND), f"application/{KIND}")


def _member(told: dict[str, Any]) -> dict[str, Any]:
    """Who keeps the house."""
    facts = {
        "organization_name": told["organization"],
        "homepage_uri": told["entity"],
        "policy_uri": told["policy"],
        "logo_uri": told["logo"],
        "contacts": told["contacts"],
    }
    return {name: value for name, value in facts.items() if value}


def _party(told: dict[str, Any]) -> dict[str, Any]:
    """How the house asks for identities, and how it wants to be answered."""
    signing = [public_part(key) for key in told["client_keys"]]
    locking = [locking_part(key) for key in told["encryption_keys"]]
    lock = {
        "userinfo_encrypted_response_alg": LOCKS[-1],
        "userinfo_encrypted_response_enc": CIPHERS[1],
    }
    return {
        "client_id": told["entity"],
        "client_name": told["organization"],
        "application_type": "web",
        "client_registration_types": ["automatic"],
        "redirect_uris": _return_addresses(told["entity"]),
        "grant_types": ["authorization_code"],
        "response_types": ["code"],
        "subject_type": "pairwise",
        "token_endpoint_auth_method": "private_key_jwt",
        "id_token_signed_response_alg": "RS256",
        "userinfo_signed_response_alg": "RS256",
        "contacts": told["contacts"],
        "jwks": {"keys": [*signing, *locking]},
        **(lock if locking else {}),
    }


def _return_addresses(entity: str) -> list[str]:
    """Where providers of a federation send people back to, in each language of the house."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    addresses = []
    for app in apps:
        for language, _name in settings.LANGUAGES if app["settings"].get("anchor") else ():
            with override(language):
                path = reverse("openid_connect_callback", args=[app["provider_id"]])
            addresses.append(f"{entity.rstrip('/')}{path}")
    return addresses
