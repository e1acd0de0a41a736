"""Addresses of what people see of recordings."""

from django.urls import path

from recordings.viewing import filepages

urlpatterns = [
    path(
        "m/<str:ticket>/<int:recording_id>/<int:revision>/<str:name>", filepages.file,
        name="recording_file",
    ),
]  # fmt: skip
