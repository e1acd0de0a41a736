"""Addresses of a ministry."""

from django.urls import path

from attendance.exports import pages

urlpatterns = [
    path("ministry/", pages.ministry, name="ministry"),
    path("ministry/freeze/", pages.freeze, name="freeze"),
    path("ministry/batches/<int:batch_id>/", pages.batch, name="batch"),
    path("ministry/batches/<int:batch_id>/<str:name>", pages.batch_file, name="batch_file"),
]
