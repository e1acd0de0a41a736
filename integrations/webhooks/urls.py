"""Doors for notices."""

from django.urls import path

from integrations.webhooks import pages

urlpatterns = [
    path("hooks/calendar/<str:token>/", pages.calendar, name="calendar_notice"),
    path("hooks/bigbluebutton/<str:token>/", pages.bigbluebutton, name="bigbluebutton_notice"),
    path("hooks/zoom/<str:token>/", pages.zoom_events, name="zoom_notice"),
]
