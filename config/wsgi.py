"""What the web server calls."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def behind(application: Any, proxies: list[str]) -> Any:
    """Believe the X-Forwarded headers of these proxies and of nobody else."""
    if not proxies:
        return application
    return wrap_wsgi_with_proxy_headers(application, trusted_hosts=proxies)


application = behind(get_wsgi_application(), env.items("TRUSTED_PROXIES"))
