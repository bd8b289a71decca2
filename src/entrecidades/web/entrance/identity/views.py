"""Off to a provider of identities, and back."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from requests import RequestException

from entrecidades.web.caching import public_page


class Returned(OAuth2CallbackView):  # type: ignore[misc]  # the library is untyped
    """Somebody comes back from a provider."""

    def _get_state(self, request: HttpRequest, provider: object) -> tuple[object, object]:
        """What her session kept when she left, the nonce among it."""
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, answer


@login_not_required
def identity_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leave for a provider of identities."""
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
@public_page
@require_safe
def identity_keys(_request: HttpRequest) -> JsonResponse:
    """The public keys by which providers know the house: those that sign, and those that will."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    told = {key["kid"]: key for app in apps for key in app["settings"].get("keys", ())}
    return JsonResponse({"keys": list(told.values())})


@login_not_required
def identity_return(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from a provider with an identity, or without."""
    return _answer(Returned, request, provider_id)


def _answer(
    view: type[OAuth2CallbackView], request: HttpRequest, provider_id: str
) -> HttpResponse:
    """The library's view, with our protocol; a provider out of reach is told like a wrong one."""
    try:
        provider = get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    try:
        adapter = provider.get_oauth2_adapter(request)
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except (OAuth2Error, RequestException) as wrong:
        answer = render_authentication_error(request, provider, exception=wrong)
    return answer
