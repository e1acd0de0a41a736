"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
if env.items("TRUSTED_PROXIES"):
    application = wrap_wsgi_with_proxy_headers(
        application, trusted_hosts=env.items("TRUSTED_PROXIES")
    )
