"""Notices of BigBlueButton and Zoom: who sends them, and what they are."""

import hashlib
from datetime import datetime
from urllib.parse import parse_qs

from django.conf import settings
from django.http import HttpRequest

from integrations.accounts import queries as accounts
from integrations.accounts.models import Account
from integrations.ports import Denied
from integrations.providers.bigbluebutton import callbacks, happenings, reports
from integrations.providers.zoom import events
from integrations.providers.zoom import signing as zoom
from integrations.sync import rooms
from integrations.webhooks.answers import Forged, NotNow, Over, Unreadable
from integrations.webhooks.commands import Message

ENDED, REPORT, RECORDING, HAPPENED = "ended", "report", "recording", "happened"
ENDED_AGAIN = 600  # seconds in which the same room is not told to have ended twice


def secret_of(account: Account, name: str) -> str:
    """One of the account's secrets; raises NotNow when it is not there or cannot be opened."""
    try:
        found = accounts.secrets_of(account).get(name, "")
    except Denied as trouble:
        raise NotNow from trouble
    if not found:
        raise NotNow
    return found


def of_bigbluebutton(request: HttpRequest, account: Account, *, at: datetime) -> Message:
    """A notice of BigBlueButton; its address says of what and of which room, with our own mark.

    Raises Forged, Unreadable, NotNow, and Over for a room that is none of the account's.
    """
    secret = secret_of(account, "secret")
    about, key = request.GET.get("about", ""), request.GET.get("meeting", "")
    if not callbacks.mark_is_true(about, key, request.GET.get("mark", ""), secret=secret):
        raise Forged
    if rooms.room_at(key, account_id=account.pk) is None:
        raise Over
    try:
        return _READERS[about](request, key, secret, at)
    except Denied as trouble:
        raise Unreadable from trouble


def _ended(request: HttpRequest, key: str, secret: str, at: datetime) -> Message:
    """The call at the end of a meeting is signed by nothing but our mark, and has no id."""
    del request, secret
    return Message(ENDED, f"{ENDED}|{key}|{int(at.timestamp()) // ENDED_AGAIN}", key)


def _report(request: HttpRequest, key: str, secret: str, at: datetime) -> Message:
    if not callbacks.report_is_true(request.headers.get("Authorization", ""), secret=secret, at=at):
        raise Forged
    told, sitting = reports.read(request.body)
    if told != key:
        raise Unreadable
    digest = hashlib.sha256(request.body).hexdigest()
    return Message(REPORT, f"{REPORT}|{sitting.record_id}|{digest}", key, request.body)


def _recording(request: HttpRequest, key: str, secret: str, at: datetime) -> Message:
    del at
    signed = parse_qs(request.body.decode("ascii", "replace")).get("signed_parameters", [""])[0]
    found = callbacks.recording_of(signed, secret=secret)
    if found is None or found[0] != key:
        raise Forged
    return Message(RECORDING, f"{RECORDING}|{found[1]}", key, request.body)


def _happened(request: HttpRequest, key: str, secret: str, at: datetime) -> Message:
    del at
    address = f"{settings.BASE_URL}{request.path}?{request.META.get('QUERY_STRING', '')}"
    given = request.headers.get("Authorization", "")
    if not callbacks.hook_is_true(address, request.body, given, secret=secret):
        raise Forged
    told = happenings.read(request.body)
    over = any(item.kind == "meeting-ended" for item in told)
    digest = hashlib.sha256(request.body).hexdigest()
    # Joins and leaves wake nobody up: they are read when the meeting has ended.
    return Message(HAPPENED, f"{HAPPENED}|{digest}", key, request.body, calls=over)


_READERS = {ENDED: _ended, REPORT: _report, RECORDING: _recording, HAPPENED: _happened}


def of_zoom(request: HttpRequest, account: Account, *, at: datetime) -> events.Event:
    """A notice of Zoom; raises Forged, Unreadable, NotNow."""
    told = {
        "timestamp": request.headers.get("x-zm-request-timestamp", ""),
        "given": request.headers.get("x-zm-signature", ""),
    }
    if not zoom.is_true(request.body, secret=secret_of(account, "webhook_secret"), at=at, **told):
        raise Forged
    try:
        return events.read(request.body)
    except Denied as trouble:
        raise Unreadable from trouble
