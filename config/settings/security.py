"""Secrets, hosts, cookies and headers."""

import base64
import binascii
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.embedded import keys, simulators
from config.settings.application import BASE_URL, DEBUG, KOLEGA_DATA, KOLEGA_DEMO

PRODUCTION = env.production()
SHORTEST_SECRET = 50
DATA_KEY_BYTES = 32
KOLEGA_SIMULATORS = env.flag("KOLEGA_SIMULATORS", default=KOLEGA_DEMO)
KOLEGA_PRIVATE_SERVERS = env.flag("KOLEGA_PRIVATE_SERVERS")
SECOND_STEP = env.choice("KOLEGA_SECOND_STEP", "required", ("required", "off")) == "required"


def _secret() -> str:
    given = env.text("SECRET_KEY")
    if not given and not PRODUCTION:
        return keys.kept(KOLEGA_DATA, "secret-key", size=60)
    demo = KOLEGA_DATA / "secrets" / "secret-key"
    same = given and demo.exists() and given == demo.read_text(encoding="utf-8").strip()
    if same or len(given) < SHORTEST_SECRET or "change-me" in given:
        message = (
            f"SECRET_KEY is missing, a demo secret, or shorter than {SHORTEST_SECRET} characters. "
            "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
        raise ImproperlyConfigured(message)
    return given


_DATA_KEY_ASKED = (
    f"DATA_KEY must be {DATA_KEY_BYTES} random bytes as base64. Make one with: "
    "python3 -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())'"
)


def _data_key() -> bytes:
    given = env.text("DATA_KEY")
    if not given and not PRODUCTION:
        given = keys.kept(KOLEGA_DATA, "data-key", size=DATA_KEY_BYTES)
    return _decoded(given, _DATA_KEY_ASKED)


def _old_data_key() -> bytes:
    given = env.text("DATA_KEY_OLD")
    return _decoded(given, f"DATA_KEY_OLD cannot be used. {_DATA_KEY_ASKED}") if given else b""


def _decoded(given: str, asked: str) -> bytes:
    try:
        key = base64.b64decode(given, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != DATA_KEY_BYTES or not any(key):
        raise ImproperlyConfigured(asked)
    return key


def _check_production() -> None:
    fine = BASE_URL.startswith("https://") and env.text("EMAIL_HOST") and SECOND_STEP
    if PRODUCTION and (DEBUG or KOLEGA_DEMO or KOLEGA_SIMULATORS or not fine):
        message = (
            "KOLEGA_PRODUCTION=yes needs KOLEGA_DEMO=no, KOLEGA_SIMULATORS=no, DJANGO_DEBUG=no, an "
            "EMAIL_HOST, a BASE_URL that begins with https:// and KOLEGA_SECOND_STEP=required."
        )
        raise ImproperlyConfigured(message)


_check_production()
# Where the simulators of the demo stand; nothing leads there without them.
SIMULATORS_URL = (
    f"http://{simulators.HOST}:{simulators.kept_port(KOLEGA_DATA)}" if KOLEGA_SIMULATORS else ""
)
SECRET_KEY = _secret()
DATA_KEY = _data_key()
DATA_KEY_OLD = _old_data_key()

HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = [
    urlsplit(BASE_URL).hostname or "127.0.0.1",
    *([] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]),
    *env.items("KOLEGA_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
THEME_COOKIE_NAME = "theme"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [
    r"^healthz$",
    r"^readyz$",
]  # the supervisor asks on this machine, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
