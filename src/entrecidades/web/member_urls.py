"""Addresses of the members of an association, under its own."""

from django.urls import path

from entrecidades.web.views import circulars, letters_stop, members

OF = "entities/<slug:country>/<slug:slug>/members/"
LETTERS = "entities/<slug:country>/<slug:slug>/letters/"
ONE = "letters/<uuid:public_id>/"

patterns = [
    path(OF, members.member_list, name="member-list"),
    path(f"{OF}export.<slug:fmt>", members.member_export, name="member-export"),
    path(LETTERS, circulars.circular_list, name="circular-list"),
    path(f"{LETTERS}new/", circulars.circular_new, name="circular-new"),
    path(f"{LETTERS}accept/", letters_stop.letters_accept, name="letters-accept"),
    path(ONE, circulars.circular_detail, name="circular-detail"),
    path(f"{ONE}edit/", circulars.circular_edit, name="circular-edit"),
    path(f"{ONE}step/", circulars.circular_step, name="circular-step"),
    path("letters/stop/<str:ticket>/", letters_stop.letters_stop, name="letters-stop"),
]
