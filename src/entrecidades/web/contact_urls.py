"""Addresses of first contacts, of their conversations and of the dates in them."""

from django.urls import path

from entrecidades.web.views import introductions, meetings, talk

ONE = "introductions/<uuid:public_id>/"

patterns = [
    path("introductions/new/", introductions.introduction_new, name="introduction-new"),
    path(
        f"{ONE}",
        introductions.introduction_detail,
        name="introduction-detail",
    ),
    path(
        f"{ONE}step/",
        introductions.introduction_step,
        name="introduction-step",
    ),
    path(f"{ONE}say/", talk.introduction_say, name="introduction-say"),
    path(
        f"{ONE}take-back/",
        talk.introduction_take_back,
        name="introduction-take-back",
    ),
    path(
        f"{ONE}let-in/",
        talk.introduction_let_in,
        name="introduction-let-in",
    ),
    path(
        f"{ONE}dates/<uuid:meeting>/",
        meetings.introduction_dates,
        name="introduction-dates",
    ),
    path(
        f"{ONE}dates/<uuid:meeting>/calendar/",
        meetings.introduction_calendar,
        name="introduction-calendar",
    ),
]
