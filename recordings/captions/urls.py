"""Addresses of this room."""

from django.urls import path

from recordings.captions import deskpages, pages

HERE = "recordings/<slug:slug>"

urlpatterns = [
    path("recordings/search/", pages.find, name="recording_search"),
    path(f"{HERE}/captions/<str:language>.vtt", pages.captions, name="recording_vtt"),
    path(f"{HERE}/chapters.vtt", pages.chapters, name="recording_chapters_vtt"),
    path(f"{HERE}/text/", pages.text, name="recording_text"),
    path(f"{HERE}/captions/", deskpages.tracks, name="recording_captions"),
    path(f"{HERE}/captions/<int:track_id>/", deskpages.mend, name="recording_mend"),
    path(f"{HERE}/captions/<int:track_id>/remove/", deskpages.remove, name="captions_remove"),
    path(f"{HERE}/chapters/", deskpages.edit_chapters, name="recording_chapters"),
    path(f"{HERE}/chapters/agenda/", deskpages.agenda, name="chapters_agenda"),
]
