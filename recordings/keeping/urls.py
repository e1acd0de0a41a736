"""Addresses of this room."""

from django.urls import path

from recordings.keeping import pages

urlpatterns = [
    path("recordings/<slug:slug>/speakers/", pages.speakers, name="recording_speakers"),
    path("recordings/<slug:slug>/cut/", pages.cut, name="recording_cut"),
    path("recordings/<slug:slug>/keep/", pages.keep, name="recording_keep"),
]
