"""Addresses of the first run and of the network."""

from django.urls import path

from events.networks.setup import pages as setup

urlpatterns = [
    path("setup/", setup.start, name="setup"),
    path("setup/<slug:code>/", setup.step, name="setup_step"),
]
