"""Pages about the service itself."""

from django.conf import settings
from django.urls import URLPattern, path
from django.views.generic import TemplateView

from integrations.accounts.words import OFFERS
from integrations.pasted.guides import GUIDES

ABOUT = ("help", "accessibility", "privacy")

_MORE = {
    "contact": settings.CONTACT,
    "reports": list(GUIDES.values()),
    "connections": list(OFFERS.values()),
}

urlpatterns: list[URLPattern] = [
    path(
        f"{name}/",
        TemplateView.as_view(template_name=f"about/{name}.html", extra_context=_MORE),
        name=name,
    )
    for name in ABOUT
]
