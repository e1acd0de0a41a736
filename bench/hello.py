"""Django's shortest answer: the limit that pages are compared with."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bench.hello",
    MIDDLEWARE=[],
    SECRET_KEY="of-no-worth",  # noqa: S106  nothing is signed
    LOGGING_CONFIG=None,
)
django.setup()

urlpatterns = [path("", lambda _request: HttpResponse("hello\n"))]
application = get_wsgi_application()
