"""What Google's refusals mean: facts A6, row by row."""

import json

import pytest

from integrations.ports import Conflict, CursorLost, Denied, Gone, Temporary
from integrations.providers.google import errors
from integrations.providers.google.errors import Refusal
from integrations.simulators.google.calls import Refused

ROWS = [
    (400, "timeRangeEmpty", Denied, "request_refused"),
    (400, "required", Denied, "request_refused"),
    (400, "invalid", Denied, "request_refused"),
    (401, "authError", Denied, "consent_revoked"),
    (403, "rateLimitExceeded", Temporary, "rate_limit"),
    (403, "userRateLimitExceeded", Temporary, "rate_limit"),
    (429, "rateLimitExceeded", Temporary, "rate_limit"),
    (429, "", Temporary, "rate_limit"),
    (403, "quotaExceeded", Temporary, "usage_limit"),
    (403, "insufficientPermissions", Denied, "scope_missing"),
    (403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", Denied, "scope_missing"),
    (403, "accessNotConfigured", Denied, "policy_missing"),
    (403, "forbidden", Denied, "forbidden"),
    (403, "forbiddenForNonOrganizer", Denied, "forbidden"),
    (403, "", Denied, "forbidden"),
    (404, "notFound", Gone, "not_found"),
    (409, "duplicate", Conflict, "duplicate"),
    (409, "conflict", Conflict, "duplicate"),
    (410, "fullSyncRequired", CursorLost, "cursor_lost"),
    (410, "updatedMinTooLongAgo", CursorLost, "cursor_lost"),
    (410, "deleted", Gone, "gone"),
    (412, "conditionNotMet", Conflict, "changed_there"),
    (408, "", Temporary, "server_error"),
    (500, "backendError", Temporary, "server_error"),
    (502, "", Temporary, "server_error"),
    (503, "backendError", Temporary, "server_error"),
    (504, "", Temporary, "server_error"),
    (302, "", Denied, "request_refused"),
]


@pytest.mark.parametrize(("status", "reason", "kind", "code"), ROWS)
def test_each_refusal_has_its_meaning(status, reason, kind, code):
    trouble = errors.trouble(Refusal(status, reason))
    assert (type(trouble), trouble.code) == (kind, code)


@pytest.mark.parametrize("api", ["calendar", "meet"])
@pytest.mark.parametrize(("status", "reason", "kind", "code"), ROWS)
def test_each_refusal_is_read_from_either_form(api, status, reason, kind, code):
    if not reason:
        return
    answer = Refused(status, reason, "ana@school.example.org may not").answer(api)
    read = errors.read(status, answer.body, {})
    assert (read.status, read.reason) == (status, reason)
    assert "ana@" not in str(errors.trouble(read))


def test_a_conference_of_a_forbidden_kind_has_a_code_of_its_own():
    read = Refusal(400, "invalid", "Invalid conference type value.")
    assert errors.trouble(read).code == "conference_not_allowed"


def test_usage_limits_wait_six_hours_unless_told_otherwise():
    assert errors.trouble(Refusal(403, "quotaExceeded")).after == 6 * 3600
    assert errors.trouble(Refusal(403, "quotaExceeded", after=60)).after == 60


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": "x"}', b'{"error": {"errors": [3]}}', b'{"error": {"details": [1]}}'])  # fmt: skip
def test_a_body_nobody_can_read_says_nothing_and_breaks_nothing(body):
    assert errors.read(503, body, {}) == Refusal(503)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "77"}, 77.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Sat, 24 Oct 2026 16:01:30 GMT"}, None),
        (
            {
                "retry-after": "Sat, 24 Oct 2026 16:01:30 GMT",
                "date": "Sat, 24 Oct 2026 16:00:00 GMT",
            },
            90.0,
        ),
        (
            {
                "retry-after": "Sat, 24 Oct 2026 15:00:00 GMT",
                "date": "Sat, 24 Oct 2026 16:00:00 GMT",
            },
            0.0,
        ),
    ],
)
def test_the_pause_asked_for_is_read_as_number_or_date(headers, seconds):
    assert errors.pause(headers) == seconds


TOKENS = [
    ("unauthorized_client", "", "scope_missing", "scope_missing"),
    ("invalid_scope", "", "scope_missing", "scope_missing"),
    ("invalid_client", "", "secret_wrong", "secret_wrong"),
    ("deleted_client", "", "secret_wrong", "secret_wrong"),
    ("invalid_grant", "Token has been expired or revoked.", "secret_wrong", "consent_revoked"),
    ("invalid_grant", "Invalid JWT Signature.", "secret_wrong", "consent_revoked"),
    ("invalid_grant", "Invalid email or User ID", "calendar_missing", "consent_revoked"),
    (
        "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes)",
        "request_refused", "consent_revoked",
    ),
    ("admin_policy_enforced", "", "policy_missing", "policy_missing"),
    ("something_new", "", "request_refused", "request_refused"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "description", "delegated", "own"), TOKENS)
def test_each_refusal_of_a_token_has_its_code(error, description, delegated, own):
    assert errors.token_trouble(error, description, delegated=True).code == delegated
    assert errors.token_trouble(error, description, delegated=False).code == own


def test_the_form_of_meet_without_details_gives_its_status():
    body = json.dumps({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}).encode()
    assert errors.read(429, body, {}).reason == "RESOURCE_EXHAUSTED"
