"""Addresses of the guides to attendance reports."""

from django.urls import path

from integrations.pasted import pages

urlpatterns = [path("help/reports/<slug:service>/", pages.guide, name="report_guide")]
