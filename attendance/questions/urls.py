"""Addresses of questions on recordings."""

from django.urls import path

from attendance.questions import pages

urlpatterns = [
    path("recordings/<slug:slug>/questions/", pages.take, name="questions"),
    path("recordings/<slug:slug>/questions/write/", pages.write, name="questions_write"),
    path(
        "recordings/<slug:slug>/questions/<int:question_id>/remove/", pages.remove,
        name="questions_remove",
    ),
]  # fmt: skip
