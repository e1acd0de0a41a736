"""Addresses of what people see of recordings."""

from django.urls import path

from recordings.viewing import filepages, pages

urlpatterns = [
    path("recordings/", pages.recordings, name="recordings"),
    path("recordings/data/", pages.spare_data, name="spare_data"),
    path("recordings/<slug:slug>/", pages.recording, name="recording"),
    path(
        "m/<str:ticket>/<int:recording_id>/<int:revision>/<str:name>", filepages.file,
        name="recording_file",
    ),
]  # fmt: skip
