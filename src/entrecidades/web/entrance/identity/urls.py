"""Addresses of the identity providers, under the names that the library asks for."""

from django.urls import path

from entrecidades.web.entrance.identity import views

urlpatterns = [
    path("identity/<slug:provider_id>/", views.identity_login, name="openid_connect_login"),
    path(
        "identity/<slug:provider_id>/return/",
        views.identity_return,
        name="openid_connect_callback",
    ),
]
