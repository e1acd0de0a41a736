"""Addresses of the public list and of events."""

from django.urls import path

from events.programme import familypages, pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("events/<slug:slug>/", pages.event, name="event"),
    path("families/<slug:slug>/", familypages.family, name="family"),
    path("events/<slug:slug>/print/", pages.printed, name="event_print"),
]
