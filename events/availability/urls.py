"""Addresses of this room."""

from django.urls import path

from events.availability import pages

urlpatterns = [path("me/busy-times/", pages.busy_times, name="busy_times")]
