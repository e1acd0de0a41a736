"""Addresses of the API."""

from django.urls import path

from config.api import document
from config.api.rooms import api

operations, _app, _namespace = api.urls

urlpatterns = [
    path("openapi.json", document.openapi, name="openapi"),
    *(one for one in operations if getattr(one, "name", "") != "api-root"),
]
