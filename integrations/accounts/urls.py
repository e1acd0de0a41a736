"""Addresses of connections and of the guides to them."""

from django.urls import path

from integrations.accounts.pages import adding, changing, ending, guides, health, owning

ONE = "connections/<int:account_id>/"

urlpatterns = [
    path("connections/", health.listing, name="connections"),
    path("connections/add/", adding.choose, name="connection_choose"),
    path("connections/add/<slug:provider>/", adding.add, name="connection_add"),
    path("connections/google/own/", owning.own, name="connection_own"),
    path("connections/google/back/", owning.back, name="connection_back"),
    path(ONE, health.account, name="connection"),
    path(f"{ONE}test/", health.test, name="connection_test"),
    path(f"{ONE}edit/", changing.edit, name="connection_edit"),
    path(f"{ONE}credentials/", changing.credentials, name="connection_credentials"),
    path(f"{ONE}off/", ending.off, name="connection_off"),
    path("help/connections/<slug:provider>/", guides.guide, name="connection_guide"),
]
