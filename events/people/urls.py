"""Addresses of signing in and out."""

from allauth.account.views import logout
from django.urls import path

from events.people import pages
from events.people.tokens import pages as tokens

urlpatterns = [
    path("sign-in/", pages.sign_in, name="sign_in"),
    path("sign-in/code/", pages.by_code, name="sign_in_code"),
    path("sign-in/second-step/", pages.second_step, name="second_step"),
    path("sign-in/<str:token>/", pages.by_link, name="sign_in_link"),
    path("me/data/tokens/", tokens.tokens, name="tokens"),
    path("me/data/tokens/<int:token_id>/revoke/", tokens.revoke, name="token_revoke"),
    path("sign-out/", logout, name="sign_out"),
]
