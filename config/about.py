"""Pages about the service itself."""

from django.conf import settings
from django.urls import URLPattern, path
from django.views.generic import TemplateView

ABOUT = ("help", "accessibility", "privacy")

_MORE = {"contact": settings.CONTACT}

urlpatterns: list[URLPattern] = [
    path(
        f"{name}/",
        TemplateView.as_view(template_name=f"about/{name}.html", extra_context=_MORE),
        name=name,
    )
    for name in ABOUT
]
