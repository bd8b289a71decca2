"""Providers of identities, as the operator names them in ``ENTRECIDADES_OIDC``."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from entrecidades.config.federation import Federation
from entrecidades.kernel.origins import is_safe
from entrecidades.kernel.own_keys import public_part

NEEDED = {"id", "name", "server"}
CREDENTIALS = {"client_id", "secret", "secret_file", "key_files", "token_auth_method"}
OPTIONAL = {
    *CREDENTIALS,
    "anchor",
    "scope",
    "vouches_for",
    "auth_params",
    "authorization_origin",
    "uid_field",
    "fetch_userinfo",
}
METHOD = "private_key_jwt"
SCOPE = ["openid"]
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


def app_of(provider: Provider, federation: Federation = MappingProxyType({})) -> dict[str, Any]:
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
    if not is_safe(provider["server"]):
        raise ImproperlyConfigured(f"ENTRECIDADES_OIDC: the server of {name} must be https")
    known_as, secret, by_key = (_place if "anchor" in provider else _credential)(
        provider, federation
    )
    kept = ("scope", "vouches_for", "auth_params", "uid_field", "fetch_userinfo")
    settings = {key: provider[key] for key in (*kept, "token_auth_method") if key in provider}
    return {
        "provider_id": name,
        "name": provider["name"],
        "client_id": known_as,
        "secret": secret,
        "settings": {"server_url": provider["server"], **settings, **by_key},
    }


def _place(provider: Provider, federation: Federation) -> tuple[str, str, dict[str, Any]]:
    """Under which name and key the house stands in the federation of a provider."""
    name, anchor = provider["id"], provider["anchor"]
    if anchor not in federation.get("anchors", {}):
        raise ImproperlyConfigured(
            f"ENTRECIDADES_OIDC: the anchor of {name} is none of ENTRECIDADES_FEDERATION"
        )
    if told := provider.keys() & CREDENTIALS:
        raise ImproperlyConfigured(
            f"ENTRECIDADES_OIDC: {name} is in a federation and needs no {sorted(told)}"
        )
    # What is told about a person is asked for claim by claim, and no more than that.
    facts = {"token_auth_method": METHOD, "anchor": anchor, "scope": provider.get("scope", SCOPE)}
    return federation["entity"], federation["client_keys"][0], facts


def _credential(provider: Provider, _: Federation) -> tuple[str, str, dict[str, Any]]:
    """What shows the provider that it is the house: a secret, or a key and its public part."""
    name, secret = provider["id"], provider.get("secret", "")
    if "client_id" not in provider:
        raise ImproperlyConfigured(f"ENTRECIDADES_OIDC: {name} lacks client_id")
    if file := provider.get("secret_file"):
        secret = Path(file).read_text(encoding="utf-8").strip()
    keys = [Path(one).read_text(encoding="utf-8") for one in provider.get("key_files", ())]
    signs = provider.get("token_auth_method", METHOD if keys else "") == METHOD
    if keys and (secret or not signs):
        raise ImproperlyConfigured(f"ENTRECIDADES_OIDC: {name} has a key and a secret")
    if signs and not keys:
        raise ImproperlyConfigured(f"ENTRECIDADES_OIDC: {name} lacks key_files for {METHOD}")
    if not keys:
        return provider["client_id"], secret, {}
    public = [_public(name, key) for key in keys]
    return provider["client_id"], keys[0], {"token_auth_method": METHOD, "keys": public}


def _public(name: str, key: str) -> dict[str, Any]:
    """The public part of a provider's key, or a sentence why it is none."""
    try:
        return public_part(key)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"ENTRECIDADES_OIDC: a key of {name}: {wrong}") from wrong


def library_settings(
    providers: Iterable[Provider], federation: Federation = MappingProxyType({})
) -> dict[str, Any]:
    """What django-allauth reads as ``SOCIALACCOUNT_PROVIDERS``."""
    return {
        "openid_connect": {
            "provider_class": "entrecidades.web.entrance.identity.provider.IdentityProvider",
            "APPS": [app_of(provider, federation) for provider in providers],
        }
    }


def form_targets(providers: Iterable[Provider]) -> list[str]:
    """Where a form may lead besides the house: browsers follow a form's redirect only there."""
    return sorted(
        {origin_of(one.get("authorization_origin") or one["server"]) for one in providers}
    )
