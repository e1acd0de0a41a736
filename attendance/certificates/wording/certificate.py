"""The words of a certificate."""

from datetime import datetime, timedelta

from django.utils.translation import gettext, gettext_noop, ngettext

from attendance.certificates.facts import CertificateFacts
from attendance.certificates.wording.checking import common, issued
from attendance.certificates.wording.tongue import (
    Sheet,
    Tongue,
    active,
    day,
    document,
    period,
    primary,
)
from events.kernel import words, zones

_HEADINGS = {
    "participant": gettext_noop("Certificate of participation"),
    "presenter": gettext_noop("Certificate of presentation"),
    "organiser": gettext_noop("Certificate of organisation"),
    "host": gettext_noop("Certificate of hosting"),
    "observer": gettext_noop("Certificate of lesson observation"),
    "observed": gettext_noop("Certificate of an open lesson"),
    "mentor": gettext_noop("Certificate of mentoring"),
    "mentee": gettext_noop("Certificate of mentored practice"),
    "facilitator": gettext_noop("Certificate of facilitation"),
}
_ATTENDANCE = {
    "measured": gettext_noop("attendance, measured"),
    "presumed": gettext_noop("attendance, presumed"),
    "attested": gettext_noop("attendance, attested by the organiser"),
    "corrected": gettext_noop("attendance, corrected by the organiser"),
}
_WHERE = {
    frozenset({"in_person"}): gettext_noop("%(place)s"),
    frozenset({"online"}): gettext_noop("online"),
    frozenset({"recorded"}): gettext_noop("as a recording"),
    frozenset({"in_person", "online"}): gettext_noop("%(place)s and online"),
    frozenset({"in_person", "recorded"}): gettext_noop("%(place)s and as a recording"),
    frozenset({"online", "recorded"}): gettext_noop("online and as a recording"),
    frozenset({"in_person", "online", "recorded"}): gettext_noop(
        "%(place)s, online and as a recording"
    ),
}
# A character no name or title contains marks where the title stands in a sentence.
_MARK = "\ue000"


def sheet(facts: CertificateFacts) -> Sheet:
    """Everything the template of a certificate prints, beside the name and the QR code."""
    tongue = Tongue.of(facts.language)
    return {
        **common(facts, tongue),
        "document": tongue.say(lambda: document(heading(facts), facts.holder_name)),
        "heading": tongue.both(lambda: heading(facts)), "school": facts.holder_school,
        "title-lang": primary(facts.title_language), "deed": _deed(facts, tongue),
        "figures": _figures(facts, tongue), "unit": tongue.both(lambda: unit(facts)),
        "signatory": facts.signatory_name,
        "signatory-title": f", {facts.signatory_title}" if facts.signatory_title else "",
        "signatory-school": facts.signatory_school, "issued": tongue.both(lambda: issued(facts)),
        "accreditation": facts.accreditation, "term": facts.term, "dots": facts.dots,
    }  # fmt: skip


def heading(facts: CertificateFacts) -> str:
    """What the paper is: the deed it certifies."""
    return gettext(_HEADINGS[facts.role])


def _deed(facts: CertificateFacts, tongue: Tongue) -> Sheet:
    own = tongue.say(lambda: _deed_line(facts))
    english = Tongue("en").say(lambda: _deed_line(facts))
    title = facts.title_english or facts.title
    language = "en" if facts.title_english else primary(facts.title_language)
    same = own == english and title == facts.title
    return {
        "own": _around(own, facts.title),
        "en": None if same else {**_around(english, title), "lang": language},
    }


def _deed_line(facts: CertificateFacts) -> str:
    return gettext("%(kind)s “%(title)s”, %(date)s, %(where)s") % {
        "kind": words.pick(facts.kind, active()),
        "title": _MARK,
        "date": days(facts),
        "where": where(facts),
    }


def _around(sentence: str, title: str) -> Sheet:
    """The sentence in three; the quotation marks stay with the title, so that they are bold too."""
    before, _, after = sentence.partition(_MARK)
    return {"before": before[:-1], "title": before[-1:] + title + after[:1], "after": after[1:]}


def days(facts: CertificateFacts) -> str:
    """On which days, in the zone of the event; each one where days between are left out."""
    if facts.days:
        return ", ".join(day(each) for each in facts.days)
    first, last = (zones.wall(each, facts.zone).date() for each in _span(facts))
    return day(first) if first == last else period(first, last)


def _span(facts: CertificateFacts) -> tuple[datetime, datetime]:
    """Half-open: an event that ends at midnight does not reach the next day."""
    return facts.starts_at, facts.ends_at - timedelta(microseconds=1)


def where(facts: CertificateFacts) -> str:
    """Where or how the person took part."""
    place = facts.place or gettext("in person")
    return gettext(_WHERE[frozenset(facts.modes)]) % {"place": place}


def _figures(facts: CertificateFacts, tongue: Tongue) -> list[Sheet]:
    shown = [_counted(facts, tongue)]
    if facts.show_percent:
        shown.append(_attendance(facts, tongue))
    if facts.field:
        shown.append(_field(facts, tongue))
    return shown


def _counted(facts: CertificateFacts, tongue: Tongue) -> Sheet:
    """The label repeats the minutes in English, so that both languages name the unit."""
    value = tongue.both(lambda: minutes(facts))
    label = tongue.say(lambda: gettext("time counted"))
    return {"value": value["own"], "label": {"own": label, "en": value["en"]}}


def _attendance(facts: CertificateFacts, tongue: Tongue) -> Sheet:
    return {
        "value": tongue.say(lambda: percent(facts)),
        "label": tongue.both(lambda: gettext(_ATTENDANCE[facts.evidence])),
    }


def _field(facts: CertificateFacts, tongue: Tongue) -> Sheet:
    name = tongue.pick(facts.field)
    label = tongue.both(lambda: gettext("subject field"))
    return {"value": name["own"], "label": {"own": label["own"], "en": name["en"] or label["en"]}}


def minutes(facts: CertificateFacts) -> str:
    """Minutes that count, of those planned."""
    return ngettext(
        "%(counted)s of %(planned)s minute",
        "%(counted)s of %(planned)s minutes",
        facts.minutes_planned,
    ) % {"counted": facts.minutes_counted, "planned": facts.minutes_planned}


def percent(facts: CertificateFacts) -> str:
    """The share of the planned minutes that counts."""
    return gettext("%(number)s %%") % {"number": facts.percent}


def unit(facts: CertificateFacts) -> str:
    """How many minutes the rule calls one hour."""
    return gettext("1 hour = %(minutes)s minutes, rule %(rule)s") % {
        "minutes": facts.unit_minutes,
        "rule": facts.rule_version,
    }
