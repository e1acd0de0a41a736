"""Addresses of signing in and out."""

from allauth.account.views import logout
from django.urls import path

from events.people import pages

urlpatterns = [
    path("sign-in/", pages.sign_in, name="sign_in"),
    path("sign-in/code/", pages.by_code, name="sign_in_code"),
    path("sign-in/second-step/", pages.second_step, name="second_step"),
    path("sign-in/<str:token>/", pages.by_link, name="sign_in_link"),
    path("sign-out/", logout, name="sign_out"),
]
