"""Addresses of what people see of recordings."""

from django.urls import path, re_path

from recordings.viewing import filepages, pages

urlpatterns = [
    path("recordings/", pages.recordings, name="recordings"),
    path("recordings/data/", pages.spare_data, name="spare_data"),
    # Every slug ends in six digits, so other rooms may have `recordings/<word>/` for themselves.
    re_path(r"^recordings/(?P<slug>[-\w]+-[0-9a-f]{6})/$", pages.recording, name="recording"),
    path(
        "m/<str:ticket>/<int:recording_id>/<int:revision>/<str:name>", filepages.file,
        name="recording_file",
    ),
]  # fmt: skip
