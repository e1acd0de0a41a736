"""Somebody else's client sends a file in pieces, is cut off, and goes on where it was."""

import base64
import hashlib

import pytest
import requests
from django.conf import settings
from django.test import Client
from tusclient import client as tus
from tusclient.exceptions import TusCommunicationError

from events.backstage import jobs
from recordings.arrivals import commands, tasks
from recordings.arrivals.models import Upload
from recordings.library.models import Original
from tests.api.calls import token_for
from tests.factories.sessions import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "t" * 32


def headers_of(person):
    session = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    return {"Cookie": cookies, "X-CSRFToken": TOKEN}


@pytest.fixture
def address(live_server):
    return f"{live_server.url}/recordings/upload/"


@pytest.fixture
def sender(world, address):
    return tus.TusClient(address, headers=headers_of(world.coordinator))


@pytest.fixture
def content(film):
    with film.open("rb") as opened:
        yield opened


def uploader(sender, content, row, **more):
    meta = {"recording": row.slug, "filename": "film.mp4"}
    return sender.uploader(file_stream=content, chunk_size=20_000, metadata=meta, **more)


def test_a_file_goes_on_after_a_cut_and_arrives_whole(sender, content, film, row):
    first = uploader(sender, content, row)
    first.upload(stop_at=40_000)
    again = uploader(sender, content, row, url=first.url)
    assert again.get_offset() == 40_000
    again.upload()
    upload = Upload.objects.get()
    assert upload.state == "whole"
    tasks.take_in_step(jobs.latest(commands.KIND, prefix=str(upload.pk)))
    assert Original.objects.get().sha256 == hashlib.sha256(film.read_bytes()).hexdigest()


def test_pieces_with_checksums_are_taken(sender, content, row):
    sent = uploader(sender, content, row, upload_checksum=True)
    sent.upload()
    assert Upload.objects.get().state == "whole"


def test_a_stranger_cannot_send(world, address, content, row):
    stranger = tus.TusClient(address, headers=headers_of(world.teachers[0]))
    with pytest.raises(TusCommunicationError):
        uploader(stranger, content, row).upload()
    assert not Upload.objects.exists()
    assert requests.post(address, headers={"Tus-Resumable": "1.0.0"}, timeout=5).status_code == 401


def test_a_program_sends_with_its_token(world, address, content, film, row):
    token = {"Authorization": f"Bearer {token_for(world.coordinator)}"}
    uploader(tus.TusClient(address, headers=token), content, row).upload()
    upload = Upload.objects.get()
    assert (upload.state, upload.offset) == ("whole", film.stat().st_size)
    assert upload.by == world.coordinator


def test_a_token_for_other_things_or_a_session_without_its_csrf_token_sends_nothing(
    world, address, row
):
    wanted = {
        "Tus-Resumable": "1.0.0", "Upload-Length": "10",
        "Upload-Metadata": f"recording {b64(row.slug)},filename {b64('a.mp4')}",
    }  # fmt: skip
    reads = token_for(world.coordinator, "recordings:read")
    session = headers_of(world.coordinator)
    del session["X-CSRFToken"]
    refused = [
        requests.post(address, headers={**wanted, **more}, timeout=5)
        for more in (
            {"Authorization": f"Bearer {reads}"}, session, {"Authorization": "Bearer kol_wrong"},
            {**headers_of(world.coordinator), "Authorization": f"Bearer {reads}"},
        )
    ]  # fmt: skip
    assert [one.status_code for one in refused] == [403, 403, 401, 403]
    assert "recordings:write" in refused[0].text
    assert not Upload.objects.exists()


def test_the_protocol_answers_as_written(world, address, row):
    own = headers_of(world.coordinator)
    asked = requests.options(address, timeout=5)
    assert asked.headers["Tus-Version"] == "1.0.0"
    assert "checksum" in asked.headers["Tus-Extension"]
    assert requests.post(address, headers=own, timeout=5).status_code == 412
    made = requests.post(
        address, timeout=5, headers={
            **own, "Tus-Resumable": "1.0.0", "Upload-Length": "10",
            "Upload-Metadata": f"recording {b64(row.slug)},filename {b64('a.mp4')}",
        },
    )  # fmt: skip
    assert made.status_code == 201
    here = address.replace("/recordings/upload/", made.headers["Location"])
    piece = {
        **own, "Tus-Resumable": "1.0.0", "Upload-Offset": "3",
        "Content-Type": "application/offset+octet-stream",
    }  # fmt: skip
    assert requests.patch(here, data=b"0123", headers=piece, timeout=5).status_code == 409
    piece["Upload-Offset"] = "0"
    torn = {**piece, "Upload-Checksum": f"sha1 {b64('no such digest')}"}
    assert requests.patch(here, data=b"0123", headers=torn, timeout=5).status_code == 460
    assert (
        requests.patch(here, data=b"0123", headers=piece, timeout=5).headers["Upload-Offset"] == "4"
    )
    wrong = {**piece, "Content-Type": "text/plain"}
    assert requests.patch(here, data=b"4", headers=wrong, timeout=5).status_code == 415
    seen = requests.head(here, headers={**own, "Tus-Resumable": "1.0.0"}, timeout=5)
    assert (seen.headers["Upload-Offset"], seen.headers["Upload-Length"]) == ("4", "10")
    gone = requests.delete(here, headers={**own, "Tus-Resumable": "1.0.0"}, timeout=5)
    assert gone.status_code == 204
    assert (
        requests.head(here, headers={**own, "Tus-Resumable": "1.0.0"}, timeout=5).status_code == 404
    )


def b64(text):
    return base64.b64encode(text.encode()).decode()
