"""Addresses of jobs and of the operations page."""

from django.urls import path

from events.backstage import pages

urlpatterns = [
    path("jobs/<uuid:job_id>/", pages.job, name="job"),
    path("jobs/<uuid:job_id>/cancel/", pages.cancel, name="job_cancel"),
    path("system/", pages.system, name="system"),
    path("system/parked/<int:work_id>/retry/", pages.retry, name="work_retry"),
]
