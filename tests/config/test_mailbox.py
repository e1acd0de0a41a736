"""The embedded mailbox: mails go in by SMTP and come out as pages."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage as Letter
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from config.embedded.processes import wait_until
from config.mailbox import server, store
from config.mailbox.delivery import SocketBackend

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def mailbox(settings, tmp_path):
    """An SMTP server in a thread, on a socket of its own."""
    settings.MAILBOX_FOLDER = tmp_path / "mailbox"
    settings.MAILBOX_SOCKET = tmp_path / "mail"
    loop = asyncio.new_event_loop()
    listening = loop.run_until_complete(
        loop.create_unix_server(server._protocol, path=str(settings.MAILBOX_SOCKET))
    )
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield settings.MAILBOX_FOLDER
    loop.call_soon_threadsafe(listening.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


def send(subject="Poziv: TeachMeet u Čakovcu", to="ana@example.org"):
    mail = EmailMultiAlternatives(
        subject, "Register: https://kolega.test/r/abc/", "k@example.org", [to]
    )
    mail.attach_alternative("<p>Hello <script>alert(1)</script></p>", "text/html")
    # As the product writes it: once as a way to read the mail, once as a file.
    mail.attach_alternative("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar")
    mail.attach("invite.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar")
    assert SocketBackend().send_messages([mail]) == 1


def test_a_mail_arrives_by_smtp_and_is_kept_whole(mailbox):
    send()
    [line], older = store.lines()
    assert (line.subject, line.to, older) == (
        "Poziv: TeachMeet u Čakovcu",
        "ana@example.org",
        False,
    )
    mail = store.read(line.name)
    assert mail.text.strip() == "Register: https://kolega.test/r/abc/"
    assert mail.calendar == "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    assert [(file.name, file.kind) for file in mail.attachments] == [
        ("invite.ics", "text/calendar")
    ]


def test_the_envelope_says_who_it_is_for(mailbox):
    send(to="first@example.org")
    send(to="second@example.org")
    [line], _ = store.lines(to="second")
    assert line.to == "second@example.org"


def test_a_full_disk_refuses_the_mail(mailbox):
    mailbox.parent.joinpath("mailbox").write_text("in the way")
    with pytest.raises(Exception, match="No room to keep the mail"):
        send()


def test_newest_mails_come_first_and_older_ones_follow(settings, tmp_path):
    settings.MAILBOX_FOLDER = tmp_path
    for minute in range(store.PAGE + 1):
        letter = Letter()
        letter["Subject"] = f"mail {minute}"
        store.keep(letter.as_bytes(), at=AT + timedelta(minutes=minute), recipients=[])
    first, older = store.lines()
    assert (first[0].subject, len(first), older) == ("mail 50", 50, True)
    second, older = store.lines(page=2)
    assert ([line.subject for line in second], older) == (["mail 0"], False)


@pytest.mark.django_db
def test_a_mail_is_read_in_the_browser(mailbox):
    send()
    [line], _ = store.lines()
    client = Client()
    assert "Poziv: TeachMeet u Čakovcu" in client.get("/mailbox/").content.decode()
    page = client.get(f"/mailbox/{line.name}/")
    assert '<a href="https://kolega.test/r/abc/"' in page.content.decode()
    assert "BEGIN:VCALENDAR" in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_formatted_mail_runs_nothing(mailbox):
    send()
    [line], _ = store.lines()
    answer = Client().get(f"/mailbox/{line.name}/html/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_file_is_downloaded_not_shown(mailbox):
    send()
    [line], _ = store.lines()
    answer = Client().get(f"/mailbox/{line.name}/files/0/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="invite.ics"'
    assert answer.content == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    assert Client().get(f"/mailbox/{line.name}/files/1/").status_code == 404


@pytest.mark.parametrize("name", ["0" * 20 + "-00000000", "nonsense", "..-..-etc"])
def test_no_other_file_is_read(mailbox, name):
    (mailbox.parent / f"{name}.eml").write_text("Subject: secret\n\n")
    assert store.read(name) is None
    assert store.read(f"../{name}") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"Content-Type: text/plain; charset=martian\n\n\xe9",
        b"Subject: =?bad?\n\nx",
    ],
)
def test_a_broken_mail_is_still_shown(settings, tmp_path, content):
    settings.MAILBOX_FOLDER = tmp_path
    name = store.keep(content, at=AT, recipients=["a@example.org"])
    assert store.read(name).line.to == "a@example.org"


def test_mails_are_private_to_the_owner_of_the_installation(mailbox):
    send()
    assert wait_until(lambda: any(Path(mailbox).glob("*.eml")), within=2)
    assert Path(mailbox).stat().st_mode & 0o077 == 0
