"""Addresses of this room."""

from django.urls import path

from integrations.harvest import pages

urlpatterns = [
    path("attendance/<int:event_id>/fetch/", pages.try_now, name="harvest_now"),
    path(
        "attendance/<int:event_id>/recordings/<int:held_id>/",
        pages.fetch_recording,
        name="harvest_recording",
    ),
]
