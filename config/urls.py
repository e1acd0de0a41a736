"""All addresses."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def alive(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", alive, name="alive"),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
