"""Every operation does what it says, and every refusal of it has one shape."""

import json
import re

import pytest
import time_machine
from django.db import connection, transaction

from config.api.document import described
from events.interface import gate
from tests.api import filled
from tests.api.calls import Caller
from tests.api.samples import SAMPLES

pytestmark = pytest.mark.django_db

OPERATIONS = {
    operation["operationId"]: (method.upper(), path)
    for path, methods in described()["paths"].items()
    for method, operation in methods.items()
}


@pytest.fixture
def made():
    with time_machine.travel(filled.NOW, tick=False):
        yield filled.fill()


@pytest.fixture
def _unhurried(monkeypatch):
    monkeypatch.setattr(gate, "STRANGERS", 10_000)


def test_every_operation_has_a_sample():
    assert sorted(SAMPLES) == sorted(OPERATIONS)


def send(caller: Caller, name: str, ids):
    sample, (method, path) = SAMPLES[name], OPERATIONS[name]
    place = path.format(**sample.values(ids))
    if sample.file:
        headers = {"Authorization": f"Bearer {caller.token}", "Idempotency-Key": name}
        return caller.client.post(place, {"file": sample.upload()}, headers=headers)
    body = sample.content(ids, lambda at, content: caller.post(at, content).json())
    headers = {"If-Match": "*"} if sample.match else {}
    return caller.call(method, place, body, **headers)


def test_every_operation_succeeds_with_its_sample(made):
    callers = {
        name: Caller(getattr(made, name)) for name in ("coordinator", "officer", "administrator")
    }
    wrong = {}
    for name, sample in SAMPLES.items():
        with transaction.atomic():
            answer = send(callers[sample.who], name, made.ids)
            if not 200 <= answer.status_code < 300:
                wrong[name] = (answer.status_code, answer.content.decode()[:300])
            elif filled.SECRET.encode() in answer.getvalue():
                wrong[name] = "it tells the credentials of the connection"
            connection.check_constraints()
            transaction.set_rollback(True)
    assert json.dumps(wrong, indent=1) == "{}"


@pytest.mark.usefixtures("_unhurried")
def test_every_operation_but_the_public_ones_asks_who_calls():
    open_ones = {
        one["operationId"]
        for methods in described()["paths"].values()
        for one in methods.values()
        if {} in one["security"]
    }
    assert open_ones == {
        "list_events", "get_event", "get_running_order", "list_kinds", "get_places",
        "list_countries", "list_programmes", "check_number", "list_schemes", "list_recordings",
        "get_recording", "search_recordings", "list_cues", "get_captions_file", "list_chapters",
    }  # fmt: skip
    nobody, told = Caller(), {}
    for name in sorted(set(OPERATIONS) - open_ones):
        method, path = OPERATIONS[name]
        told[name] = nobody.call(method, re.sub("{[^}]+}", "1", path), {}).status_code
    assert set(told.values()) == {401}
