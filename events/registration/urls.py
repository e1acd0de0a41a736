"""Addresses of this room."""

from django.urls import path

from events.registration.pages import colleagues, link, place, recorded
from events.registration.series import pages as series

urlpatterns = [
    path("events/<slug:slug>/recorded/", recorded.answer, name="recorded_answer"),
    path("r/<str:token>/", link.personal_link, name="personal_link"),
    path("r/<str:token>/calendar.ics", link.personal_ics, name="personal_ics"),
    path("r/<str:token>/programme/", link.personal_programme, name="personal_programme"),
    path("r/<str:token>/dates/", series.personal_dates, name="personal_dates"),
    path("series/<slug:slug>.ics", series.series_ics, name="series_ics"),
    path("series/<slug:slug>/", series.series, name="series"),
    path("series/<slug:slug>/go/", series.series_go, name="series_go"),
    path("events/<slug:slug>.ics", place.event_ics, name="event_ics"),
    path("events/<slug:slug>/register/", place.register, name="register"),
    path("events/<slug:slug>/unregister/", place.unregister, name="unregister"),
    path("events/<slug:slug>/colleagues/", colleagues.register_colleagues, name="colleagues"),
]
