"""Back to where one came from: an address of this house, never of another."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The address that the form carries as ``next``, or that the link did; only our own."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Only whole addresses: anything else would be taken for the name of a page.
    return asked if ours and asked.startswith("/") else otherwise
