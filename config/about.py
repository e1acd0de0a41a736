"""Pages about the service itself."""

from django.conf import settings
from django.urls import URLPattern, path
from django.views.generic import TemplateView

ABOUT = ("help", "accessibility", "privacy")

urlpatterns: list[URLPattern] = [
    *(
        path(
            f"{name}/",
            TemplateView.as_view(
                template_name=f"about/{name}.html", extra_context={"contact": settings.CONTACT}
            ),
            name=name,
        )
        for name in ABOUT
    ),
]
