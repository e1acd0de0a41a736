"""Addresses of my learning."""

from django.urls import path

from attendance.recognition import pages

urlpatterns = [
    path("me/", pages.my_learning, name="learning"),
    path("me/statement/", pages.state, name="statement"),
    path("me/statements/<str:number>.pdf", pages.statement_pdf, name="statement_pdf"),
]
