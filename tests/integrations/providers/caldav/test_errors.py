"""What a refusal means: each status of RFC 4918, 4791, 6578 and of Nextcloud."""

import pytest

from integrations.ports import Conflict, CursorLost, Denied, Gone, Temporary
from integrations.providers.caldav import errors
from integrations.providers.caldav.web import Reply


def refused(condition: str, space: str = "DAV:") -> bytes:
    return f'<d:error xmlns:d="DAV:" xmlns:x="{space}"><x:{condition}/></d:error>'.encode()


SABRE = (
    b'<?xml version="1.0" encoding="utf-8"?><d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
    b"<s:exception>Sabre\\DAV\\Exception\\BadRequest</s:exception><s:message>Calendar object with uid"
    b" already exists in this calendar collection.</s:message></d:error>"
)


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (401, b"", Denied, "secret_wrong"),
        (403, b"", Denied, "forbidden"),
        (403, refused("valid-sync-token"), CursorLost, "cursor_lost"),
        (412, refused("valid-sync-token"), CursorLost, "cursor_lost"),
        (409, refused("valid-sync-token"), CursorLost, "cursor_lost"),
        (403, refused("quota-not-exceeded"), Denied, "usage_limit"),
        (507, b"", Denied, "usage_limit"),
        (404, b"", Gone, "not_found"),
        (410, b"", Gone, "not_found"),
        (409, b"", Denied, "calendar_missing"),
        (412, b"", Conflict, "precondition"),
        (423, b"", Temporary, "http_423"),
        (429, b"", Temporary, "rate_limit"),
        (500, b"", Temporary, "http_500"),
        (503, b"", Temporary, "http_503"),
        (302, b"", Denied, "request_refused"),
        (405, b"", Denied, "request_refused"),
        (400, SABRE, Denied, "request_refused"),
        (200, b"<html>", Temporary, "unreadable"),
    ],
)
def test_a_refusal_is_told_for_what_it_is(status, body, kind, code):
    found = errors.trouble(Reply(status, {}, body))
    assert (type(found), found.code) == (kind, code)


def test_the_server_s_own_words_are_kept():
    assert errors.trouble(Reply(400, {}, SABRE)).said.startswith("Calendar object with uid already")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "77"}, 77),
        ({"retry-after": "Sun, 22 Nov 2026 10:01:30 GMT", "date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 90),
        ({"retry-after": "Sun, 22 Nov 2026 09:00:00 GMT", "date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 0),
        ({"retry-after": "Sun, 22 Nov 2026 10:01:30 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_a_pause_is_read_in_both_forms(headers, seconds):
    assert errors.trouble(Reply(503, headers)).after == seconds


@pytest.mark.parametrize(
    ("reply", "fine"),
    [
        (Reply(201), True),
        (Reply(204, {"content-type": "text/html; charset=UTF-8"}), True),
        (Reply(200, {"content-type": "text/html"}, b"<html>Sign in"), False),
        (Reply(302), False),
    ],
)
def test_a_page_for_people_is_no_answer_of_a_calendar(reply, fine):
    """Nextcloud calls its empty answers text/html; a portal's page has words in it."""
    assert errors.is_fine(reply) is fine


@pytest.mark.parametrize(
    ("status", "body", "taken"),
    [
        (409, refused("no-uid-conflict", "urn:ietf:params:xml:ns:caldav"), True),
        (412, refused("no-uid-conflict", "urn:ietf:params:xml:ns:caldav"), True),
        (403, refused("no-uid-conflict", "urn:ietf:params:xml:ns:caldav"), True),
        (400, SABRE, True),
        (403, b"", False),
        (500, b"", False),
    ],
)
def test_a_uid_that_is_taken_is_looked_for(status, body, taken):
    assert errors.may_be_taken(Reply(status, {}, body)) is taken


@pytest.mark.parametrize(
    "body",
    [
        b"error",
        b'<!DOCTYPE x [<!ENTITY a "error">]><d:error xmlns:d="DAV:">&a;</d:error>',
        b"<error/>",
    ],
)
def test_a_body_that_is_no_error_says_nothing(body):
    assert errors.precondition(Reply(403, {}, body)) == ""
