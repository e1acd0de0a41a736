"""Addresses of this room."""

from django.urls import path

from events.visits import pages

urlpatterns = [
    path("plan/<int:event_id>/schools/", pages.schools, name="visit_schools"),
    path("host/<int:event_id>/", pages.host, name="visit_host"),
]
