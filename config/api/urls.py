"""Addresses of the API."""

from django.urls import path

from config.api import docs, document
from config.api.rooms import api

operations, _app, _namespace = api.urls

urlpatterns = [
    path("openapi.json", document.openapi, name="openapi"),
    path("docs/", docs.guide, name="api_docs"),
    path("docs/errors", docs.errors, name="api_errors"),
    path("docs/<slug:tag>/", docs.chapter, name="api_chapter"),
    *(one for one in operations if getattr(one, "name", "") != "api-root"),
]
