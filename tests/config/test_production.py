"""What a real installation refuses, and what its pages and logs say."""

import base64
import json
import logging
import os
import subprocess
import sys

import pytest
from django.test import Client

from config import env, logs, wsgi
from config.embedded import keys

GOOD = {
    "KOLEGA_PRODUCTION": "yes",
    "KOLEGA_DEMO": "no",
    "BASE_URL": "https://kolega.example.org",
    "EMAIL_HOST": "mail.example.org",
    "SECRET_KEY": "k" * 64,
    "DATA_KEY": base64.b64encode(bytes(range(32))).decode(),
    "DATABASE_URL": "postgresql://kolega@127.0.0.1/kolega",
    "REDIS_URL": "rediss://:word@127.0.0.1/0",
}
SHOW = "from django.conf import settings as s; print(s.SECRET_KEY[:3], s.SESSION_COOKIE_SECURE)"


def load(tmp_path, **changed):
    """Load the settings in a process of their own."""
    kept = {name: text for name, text in os.environ.items() if name not in env.NAMES}
    chosen = {name: text for name, text in {**GOOD, **changed}.items() if text is not None}
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=env.ROOT,
        env={
            **kept,
            "KOLEGA_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **chosen,
        },
        check=False,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_production_starts_with_secrets_of_its_own(tmp_path):
    assert load(tmp_path) == "kkk True"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is missing, a demo secret"),
        ({"SECRET_KEY": "change-me" * 8}, "SECRET_KEY is missing, a demo secret"),
        ({"SECRET_KEY": "k" * 49}, "shorter than 50 characters"),
        ({"DATA_KEY": None}, "DATA_KEY must be 32 random bytes"),
        ({"DATA_KEY": "change-me"}, "DATA_KEY must be 32 random bytes"),
        ({"DATA_KEY": base64.b64encode(bytes(32)).decode()}, "DATA_KEY must be 32 random bytes"),
        ({"BASE_URL": "http://kolega.example.org"}, "needs KOLEGA_DEMO=no"),
        ({"KOLEGA_DEMO": "yes"}, "needs KOLEGA_DEMO=no"),
        ({"DJANGO_DEBUG": "yes"}, "needs KOLEGA_DEMO=no"),
        ({"EMAIL_HOST": None}, "needs KOLEGA_DEMO=no"),
        ({"KOLEGA_SIMULATORS": "yes"}, "KOLEGA_SIMULATORS=no"),
        ({"DATA_KEY_OLD": "change-me"}, "DATA_KEY_OLD cannot be used"),
    ],
)
def test_production_refuses(tmp_path, changed, said):
    assert said in load(tmp_path, **changed)


def test_production_refuses_the_secret_of_a_demo(tmp_path):
    demo = keys.kept(tmp_path, "secret-key", size=60)
    assert "a demo secret" in load(tmp_path, SECRET_KEY=demo)


def test_a_demo_makes_its_secrets_once(tmp_path):
    first = keys.kept(tmp_path, "data-key", size=32)
    assert keys.kept(tmp_path, "data-key", size=32) == first
    assert len(base64.b64decode(first)) == 32
    assert (tmp_path / "secrets" / "data-key").stat().st_mode & 0o777 == 0o600


def forwarded(proxies, **headers):
    """What an application behind these proxies believes about a request from 127.0.0.1."""
    seen = {}
    application = wsgi.behind(lambda environ, _start: seen.update(environ) or [], proxies)
    given = {"REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "SERVER_PORT": "80", **headers}
    application(given, lambda *_: None)
    return seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]


CLAIM = {"HTTP_X_FORWARDED_FOR": "192.0.2.7", "HTTP_X_FORWARDED_PROTO": "https"}


def test_a_trusted_proxy_says_who_asks():
    assert forwarded(["127.0.0.1"], **CLAIM) == ("192.0.2.7", "https")


@pytest.mark.parametrize("proxies", [[], ["192.0.2.200"]])
def test_nobody_else_can_claim_to_be_another(proxies):
    assert forwarded(proxies, **CLAIM) == ("127.0.0.1", "http")


def test_headers_of_every_page():
    headers = Client().get("/healthz").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Not Found: /r/Zx81kQ9-abcdef/", "Not Found: /r/<token>/"),
        ("mail to ana.kovac+x@skola.example.org failed", "mail to <address> failed"),
        ("GET /search?q=Ana+Kova%C4%8D HTTP/1.1", "GET /search?<query> HTTP/1.1"),
        ("Not Found: /r/", "Not Found: /r/"),
    ],
)
def test_logs_hold_no_personal_data(line, kept):
    assert logs.without_personal_data(line) == kept


def record(text):
    return logging.LogRecord("kolega", logging.WARNING, __file__, 1, text, None, None)


def test_nobody_can_forge_a_second_line_of_the_log():
    assert "\n" not in logs.PlainLines().format(record("one\n2026-01-01 ERROR forged"))
    assert json.loads(logs.JsonLines().format(record("one\ntwo")))["text"] == "one\ntwo"
