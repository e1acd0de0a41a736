"""Addresses of this room."""

from django.urls import path

from recordings.processing import pages

urlpatterns = [
    path(
        "recordings/making/<int:recording_id>/original/", pages.original, name="recording_original"
    ),
    path("recordings/making/<int:recording_id>/<slug:deed>/", pages.do, name="recording_making"),
]
