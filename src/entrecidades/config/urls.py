"""The street plan: every public address of the house starts here."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from entrecidades.api.urls import ADDRESSES
from entrecidades.web.entrance.identity.statement import house_statement
from entrecidades.web.entrance.identity.views import identity_keys
from entrecidades.web.views.doors import front_door, health, robots
from entrecidades.web.views.history import head_json

urlpatterns = [
    path("", front_door, name="front-door"),
    path("healthz", health, name="health"),
    path("history/head.json", head_json, name="history-head-json"),
    path("identity-keys.json", identity_keys, name="identity-keys"),
    path(".well-known/openid-federation", house_statement, name="house-statement"),
    path("robots.txt", robots, name="robots"),
    path("api/v1/", ADDRESSES),
    *i18n_patterns(
        path("accounts/", include("allauth.account.urls")),
        path("accounts/", include("entrecidades.web.entrance.identity.urls")),
        path("accounts/second-factor/", include("allauth.mfa.urls")),
        path("accounts/connections/", include("allauth.socialaccount.urls")),
        path("", include("entrecidades.web.urls")),
    ),
]
handler400 = "entrecidades.web.views.errors.bad_request"
handler403 = "entrecidades.web.views.errors.forbidden"
handler404 = "entrecidades.web.views.errors.not_found"
handler500 = "entrecidades.web.views.errors.server_error"
