"""Letters, parsed again as a mail program would."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.backstage import letters

ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nX-A:učenje\r\nEND:VCALENDAR\r\n".encode()
WORDS = {
    "to_name": "Ana Anić",
    "to_address": "ana@example.org",
    "from_name": "Željka Đurić",
    "from_address": "kolega@example.org",
    "reply_to": "zeljka@example.org",
    "subject": "Prijavljeni ste: TeachMeet u Osijeku",
    "text": "Dobar dan\n",
    "html": "<p>Dobar dan, čitatelju</p>",
    "message_id": "<1b2c@kolega.example.org>",
    "language": "hr",
}


def sent(**different):
    raw = letters.build_letter(**(WORDS | different)).as_bytes()
    assert raw.isascii()
    return message_from_bytes(raw, policy=default)


def kinds(letter) -> list[str]:
    return [piece.get_content_type() for piece in letter.walk()]


def test_an_invitation_has_the_calendar_as_last_alternative_and_as_file():
    letter = sent(ics=ICS, ics_method="REQUEST")
    assert kinds(letter) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    *_, calendar, attached = letter.walk()
    assert dict(calendar["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
    assert calendar.get_payload(decode=True) == attached.get_content() == ICS
    assert attached.get_filename() == "invite.ics"
    assert "Auto-Submitted" not in letter


def test_a_plain_letter_says_that_a_machine_wrote_it():
    letter = sent()
    assert kinds(letter) == ["multipart/alternative", "text/plain", "text/html"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert kinds(sent(html="")) == ["text/plain"]


def test_headers_are_what_the_caller_said():
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    letter = sent(at=at, headers={"List-Unsubscribe": "<https://k.example.org/u/1>"})
    assert letter["From"] == "Željka Đurić <kolega@example.org>"
    assert letter["To"] == "Ana Anić <ana@example.org>"
    assert letter["Reply-To"] == "zeljka@example.org"
    assert letter["Message-ID"] == "<1b2c@kolega.example.org>"
    assert letter["Content-Language"] == "hr"
    assert letter["Date"].datetime == at
    assert letter["List-Unsubscribe"] == "<https://k.example.org/u/1>"
    assert "Reply-To" not in sent(reply_to="")


@given(name=st.text(max_size=120), subject=st.text(max_size=300))
def test_no_name_or_subject_adds_a_header(name, subject):
    letter = sent(to_name=name, from_name=name, subject=subject)
    assert letter["To"].addresses[0].addr_spec == "ana@example.org"
    assert set(letter.keys()) == set(sent().keys())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "@x.org",
        "ana@",
        "a@b.org, c@d.org",
        "ana@b.org\r\nBcc: x@y.org",
        "žar@b.org",
        "a b@c.org",
        "a@b..org",
        "<a@b.org>",
        "a@b.org\x00",
    ],
)
@pytest.mark.parametrize("where", ["to_address", "from_address", "reply_to"])
def test_an_address_that_is_none_is_refused(where, address):
    if where == "reply_to" and not address:
        return
    with pytest.raises(letters.AddressRefused):
        sent(**{where: address})


def test_an_international_domain_is_written_in_ascii():
    assert letters.checked_address("ana@škola.example") == "ana@xn--kola-f6a.example"


@pytest.mark.parametrize("message_id", ["", "1@x", "<1@x>\r\nBcc: a@b.org", "<1>"])
def test_a_message_id_that_is_none_is_refused(message_id):
    with pytest.raises(letters.HeaderRefused):
        sent(message_id=message_id)


@pytest.mark.parametrize("headers", [{"X-A": "1\nBcc: a@b.org"}, {"X A": "1"}, {"To": "a@b.org"}])
def test_extra_headers_cannot_break_out(headers):
    with pytest.raises(letters.HeaderRefused):
        sent(headers=headers)


def test_long_html_is_refused():
    with pytest.raises(letters.HtmlTooLong):
        sent(html="č" * 15_001)


def test_the_method_is_the_one_of_the_calendar():
    with pytest.raises(letters.MethodDiffers):
        sent(ics=ICS, ics_method="CANCEL")


def told(raw: bytes) -> set[str]:
    """The subject as older and newer mail programs show it."""
    older = str(make_header(decode_header(message_from_bytes(raw)["Subject"])))
    return {older, str(message_from_bytes(raw, policy=default)["Subject"])}


WHEN = "četvrtak, 26. studenoga, 17:00–18:00, zagrebačko vrijeme"


@pytest.mark.parametrize(
    "subject",
    [
        f"Podsjetnik: Mentoring susret škola o čitanju i pisanju, {WHEN}",
        f"Promijenjeno: {WHEN}",
        "Short and plain",
        "Plain words, and so many of them that they do not go on one line of the letter",
    ],
)
def test_a_subject_keeps_its_spaces(subject):
    raw = letters.build_letter(**(WORDS | {"subject": subject})).as_bytes()
    assert told(raw) == {subject}
    assert max(len(line) for line in raw.split(b"\r\n\r\n")[0].split(b"\r\n")) <= 78


@given(st.lists(st.text("ačšž –,17:0=?_", min_size=1, max_size=20), min_size=1, max_size=9))
def test_any_subject_is_read_as_written(words):
    subject = " ".join(" ".join(words).split())
    assert told(letters.build_letter(**(WORDS | {"subject": subject})).as_bytes()) == {subject}
