"""Microsoft's errors as troubles."""

import pytest

from integrations.ports import Conflict, CursorLost, Denied, Gone, Temporary
from integrations.providers.microsoft import errors


def of(status, code="", message="", **headers):
    return errors.of_graph(status, headers, {"error": {"code": code, "message": message}})


@pytest.mark.parametrize(
    ("status", "code", "kind", "meaning"),
    [
        (400, "ErrorPropertyValidationFailure", Denied, "request_refused"),
        (400, "ErrorInvalidIdMalformed", Gone, "not_found"),
        (400, "ErrorDuplicateTransactionId", Conflict, "changed"),
        (401, "InvalidAuthenticationToken", Denied, "consent_revoked"),
        (403, "ErrorAccessDenied", Denied, "forbidden"),
        (403, "Authorization_RequestDenied", Denied, "scope_missing"),
        (404, "ErrorItemNotFound", Gone, "not_found"),
        (404, "MailboxNotEnabledForRESTAPI", Denied, "calendar_missing"),
        (408, "", Temporary, "server_error"),
        (409, "ErrorIrresolvableConflict", Conflict, "changed"),
        (410, "SyncStateNotFound", CursorLost, "cursor_lost"),
        (400, "resyncRequired", CursorLost, "cursor_lost"),
        (410, "syncStateInvalid", CursorLost, "cursor_lost"),
        (410, "", Gone, "gone"),
        (412, "ErrorIrresolvableConflict", Conflict, "changed"),
        (429, "ApplicationThrottled", Temporary, "rate_limit"),
        (500, "", Temporary, "server_error"),
        (504, "UnknownError", Temporary, "server_error"),
        (507, "ErrorQuotaExceeded", Denied, "usage_limit"),
        (302, "", Denied, "request_refused"),
    ],
)
def test_what_an_answer_means(status, code, kind, meaning):
    trouble = of(status, code)
    assert type(trouble) is kind
    assert trouble.code == meaning


def test_a_sentence_about_permissions_is_understood():
    said = "Missing role permissions on the request. API requires one of 'Calendars.Read'."
    assert of(403, "Forbidden", said).code == "scope_missing"


def test_e_rate_limit_the_pause_is_kept():
    assert of(429, **{"Retry-After": "77"}).after == 77
    assert of(503, **{"Retry-After": "12"}).after == 12
    assert of(429, **{"Retry-After": "soon"}).after is None
    assert of(429, **{"Retry-After": "-5"}).after == 0


def test_what_is_kept_names_nobody():
    """Messages of Graph may quote addresses; only codes are kept."""
    trouble = of(403, "ErrorAccessDenied", "ana@school.example.org may not")
    assert "ana" not in str(trouble)
    assert errors.short("Code <b>x@y</b>") == "Codebxyb"


@pytest.mark.parametrize("body", [None, [], {}, {"error": "x"}, {"error": {"code": None}}])
def test_an_error_without_words_has_its_status(body):
    trouble = errors.of_graph(404, {}, body)
    assert (type(trouble), trouble.said) == (Gone, "404")
