"""Addresses of this room."""

from django.urls import path

from events.mydays import pages

urlpatterns = [
    path("me/events/", pages.my_events, name="my_events"),
    path("me/calendar/", pages.my_calendar, name="my_calendar"),
    path("calendar/<str:token>.ics", pages.personal_feed, name="personal_feed"),
]
