"""Addresses of the way in."""

from django.urls import path

from integrations.meet import pages

urlpatterns = [
    path("meet/<int:part_id>/", pages.part_page, name="meet_part"),
    path("meet/<str:ticket>/", pages.meet, name="meet"),
]
