"""Addresses of the members of an association, under its own."""

from django.urls import path

from entrecidades.web.views import members

OF = "entities/<slug:country>/<slug:slug>/members/"

patterns = [
    path(OF, members.member_list, name="member-list"),
    path(f"{OF}export.<slug:fmt>", members.member_export, name="member-export"),
]
