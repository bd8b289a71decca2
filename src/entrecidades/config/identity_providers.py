"""Providers of identities, as the operator names them in ``ENTRECIDADES_OIDC``."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NEEDED = {"id", "name", "server", "client_id"}
OPTIONAL = {
    "secret",
    "secret_file",
    "scope",
    "vouches_for",
    "auth_params",
    "authorization_origin",
    "uid_field",
    "fetch_userinfo",
    "token_auth_method",
}
AT_HOME = {"127.0.0.1", "localhost", "::1"}
Provider = Mapping[str, Any]


def origin_of(address: str) -> str:
    """Scheme and host of an address.

    Examples
    --------
    >>> origin_of("https://sso.acesso.gov.br/.well-known/openid-configuration")
    'https://sso.acesso.gov.br'
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def app_of(provider: Provider) -> dict[str, Any]:
    """One provider in the library's words.

    Raises
    ------
    ImproperlyConfigured
        When a key is missing or unknown, or the server could be impersonated.
    """
    name = provider.get("id", "?")
    if missing := NEEDED - provider.keys():
        raise ImproperlyConfigured(f"ENTRECIDADES_OIDC: {name} lacks {', '.join(sorted(missing))}")
    if unknown := provider.keys() - NEEDED - OPTIONAL:
        raise ImproperlyConfigured(f"ENTRECIDADES_OIDC: {name} has unknown {sorted(unknown)}")
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ImproperlyConfigured(f"ENTRECIDADES_OIDC: {name}: an id is a-z, 0-9 and -")
    server = urlsplit(provider["server"])
    if server.scheme != "https" and server.hostname not in AT_HOME:
        raise ImproperlyConfigured(f"ENTRECIDADES_OIDC: the server of {name} must be https")
    secret = provider.get("secret", "")
    if file := provider.get("secret_file"):
        secret = Path(file).read_text(encoding="utf-8").strip()
    kept = ("scope", "vouches_for", "auth_params", "uid_field", "fetch_userinfo")
    settings = {key: provider[key] for key in (*kept, "token_auth_method") if key in provider}
    return {
        "provider_id": name,
        "name": provider["name"],
        "client_id": provider["client_id"],
        "secret": secret,
        "settings": {"server_url": provider["server"], **settings},
    }


def library_settings(providers: Iterable[Provider]) -> dict[str, Any]:
    """What django-allauth reads as ``SOCIALACCOUNT_PROVIDERS``."""
    return {
        "openid_connect": {
            "provider_class": "entrecidades.web.entrance.identity.provider.IdentityProvider",
            "APPS": [app_of(provider) for provider in providers],
        }
    }


def form_targets(providers: Iterable[Provider]) -> list[str]:
    """Where a form may lead besides the house: browsers follow a form's redirect only there."""
    return sorted(
        {origin_of(one.get("authorization_origin") or one["server"]) for one in providers}
    )
