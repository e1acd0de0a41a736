"""Addresses of this room."""

from django.urls import path

from integrations.harvest import pages

urlpatterns = [
    path("attendance/<int:event_id>/fetch/", pages.try_now, name="harvest_now"),
]
