"""`/help/connections/<provider>/`: what to grant over there, step by step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.backstage import addresses
from events.kernel.errors import Missing
from integrations.accounts import permissions, words


@require_safe
def guide(request: HttpRequest, provider: str) -> HttpResponse:
    """The guide of one provider, for its administrator, who needs no account here."""
    if provider not in words.GUIDES:
        raise Missing
    values = {
        "provider": provider, "offer": words.OFFERS[provider], "guides": words.OFFERS,
        "back": addresses.absolute(reverse("connection_back")), "scopes": permissions.GOOGLE, "permissions": permissions.MICROSOFT,
    }  # fmt: skip
    return render(request, f"accounts/guides/{provider}.html", values)
