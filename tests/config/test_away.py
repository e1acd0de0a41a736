"""A database that is away is said so, with a time to try again."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import path


def lost(request):
    raise OperationalError("the server closed the connection")


urlpatterns = [path("lost/", lost)]
handler500 = "config.failures.broken"


@pytest.mark.urls(__name__)
def test_a_lost_database_is_a_503_with_a_time_to_come_back():
    answer = Client(raise_request_exception=False).get("/lost/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.django_db
def test_pages_travel_compressed():
    answer = Client().get("/about/help/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
