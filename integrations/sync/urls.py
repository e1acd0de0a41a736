"""Addresses of this room."""

from django.urls import path

from integrations.sync import pages

urlpatterns = [
    path("plan/<int:event_id>/calendar/", pages.calendar, name="calendar_of_event"),
]
