"""Addresses of this room."""

from django.urls import path

from recordings.arrivals import pages, tuspages

urlpatterns = [
    path("plan/<int:event_id>/recording/", pages.add, name="recording_add"),
    path("recordings/upload/", tuspages.create, name="recording_uploads"),
    path("recordings/upload/<uuid:upload_id>/", tuspages.upload, name="recording_upload"),
    path("recordings/<slug:slug>/manage/", pages.manage, name="recording_manage"),
    path("recordings/<slug:slug>/manage/file/", pages.send, name="recording_send"),
    path("recordings/<slug:slug>/manage/<slug:deed>/", pages.decide, name="recording_decide"),
]
