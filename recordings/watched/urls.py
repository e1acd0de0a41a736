"""Where players report."""

from django.urls import path

from recordings.watched import pages

urlpatterns = [
    path("watch/<int:recording_id>/beat", pages.beat, name="watch_beat"),
]
