"""Invented certificates in every language of the network."""

from dataclasses import replace
from datetime import UTC, date, datetime

from attendance.certificates import numbers
from attendance.certificates.facts import CertificateFacts, HoursStatementFacts, StatementRow

# language, country, zone, holder, school, place, title
PEOPLE = [
    (
        "sq",
        "AL",
        "Europe/Tirane",
        "Përparim Çela-Gjini",
        "Shkolla “Naim Këndi”",
        "Gjirokastër",
        "Hapa të vegjël në STEM",
    ),
    (
        "hr",
        "HR",
        "Europe/Zagreb",
        "Željka Đurić-Šćepanović",
        "OŠ Vrbik",
        "Čakovec",
        "Mali koraci u STEM-u",
    ),
    (
        "cs",
        "CZ",
        "Europe/Prague",
        "Jiří Příhodný-Ďáblický",
        "ZŠ Nad Řekou",
        "Ústí nad Labem",
        "Žákovské úlohy v hodině",
    ),
    (
        "hu",
        "HU",
        "Europe/Budapest",
        "Őrsi Tűnde Gyöngyvér",
        "Fűzfa Általános Iskola",
        "Győr",
        "Apró lépések a STEM-ben",
    ),
    (
        "it",
        "IT",
        "Europe/Rome",
        "Niccolò D’Alò Però",
        "Istituto La Città",
        "Forlì",
        "Perché no? Più scienza in aula",
    ),
    (
        "nl",
        "BE",
        "Europe/Brussels",
        "Zoë van ’t Veld-Coëlho",
        "Basisschool De Eik",
        "Geraardsbergen",
        "Eén idee, vijf minuten",
    ),
    (
        "pt",
        "PT",
        "Europe/Lisbon",
        "João Conceição Magalhães",
        "Escola Básica do Açude",
        "Évora",
        "Pequenos passos em educação",
    ),
    (
        "mk",
        "MK",
        "Europe/Skopje",
        "Ѓорѓи Ќосев Џамбазов",
        "ОУ „Љубен Ѕвездов“",
        "Куманово",
        "Мали чекори во науката",
    ),
    (
        "sr",
        "RS",
        "Europe/Belgrade",
        "Љиљана Ђорђевић Чоловић",
        "ОШ „Његов пут“",
        "Ниш",
        "Мали кораци у настави",
    ),
    (
        "sr-latn",
        "RS",
        "Europe/Belgrade",
        "Ljiljana Đorđević Čolović",
        "OŠ „Njegov put“",
        "Niš",
        "Mali koraci u nastavi",
    ),
    (
        "pl",
        "PL",
        "Europe/Warsaw",
        "Świętosława Żółć-Ćwikła",
        "Szkoła Podstawowa pod Dębem",
        "Łódź",
        "Małe kroki w nauczaniu",
    ),
    (
        "ro",
        "RO",
        "Europe/Bucharest",
        "Ștefan Țurcanu Măgâr",
        "Școala Gimnazială Învățătorul",
        "Târgoviște",
        "Pași mici în știință",
    ),
    (
        "el",
        "GR",
        "Europe/Athens",
        "Αλέξανδρος Ψαρόπουλος Ξένος",
        "Δημοτικό Σχολείο Λόφου",
        "Ιωάννινα",
        "Μικρά βήματα στην τάξη",
    ),
]
LANGUAGES = [person[0] for person in PEOPLE]

CROATIAN = CertificateFacts(
    number="7K4P-QM2X-9TR" + numbers.check_character("7K4PQM2X9TR"),
    holder_name="Željka Đurić",
    holder_school="OŠ Vrbik, Čakovec",
    title="Mali koraci u STEM-u",
    title_language="hr",
    title_english="Small steps in STEM",
    kind={"en": "TeachMeet", "hr": "TeachMeet"},
    role="participant",
    modes=("in_person", "online"),
    starts_at=datetime(2026, 11, 26, 15, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 26, 17, 30, tzinfo=UTC),
    zone="Europe/Zagreb",
    place="Čakovec",
    minutes_counted=133,
    minutes_planned=150,
    unit_minutes=60,
    rule_version="hr-2026.1",
    evidence="measured",
    show_percent=True,
    field={"en": "Digital teaching", "hr": "Digitalna nastava"},
    issuer_name={"en": "Mentor Schools Network", "hr": "Mreža škola mentora"},
    signatory_name="Ljiljana Čović",
    signatory_title="voditeljica klastera",
    signatory_school="OŠ Vrbik, Čakovec",
    issued_at=datetime(2026, 11, 27, 8, 30, tzinfo=UTC),
    country="HR",
    language="hr",
    check_url="https://kolega.example/v/7K4P-QM2X-9TR" + numbers.check_character("7K4PQM2X9TR"),
    term="2026/27",
)


def certificate(of: str = "hr", **changes) -> CertificateFacts:
    person = next(each for each in PEOPLE if each[0] == of)
    _, country, zone, holder, school, place, title = person
    local = {
        "language": of,
        "country": country,
        "zone": zone,
        "holder_name": holder,
        "holder_school": school,
        "place": place,
        "title": title,
        "title_language": of,
    }
    return replace(CROATIAN, **{**local, **changes})


def row(at: int, **changes) -> StatementRow:
    """The `at`-th of some invented rows; every third counts lessons of 45 minutes."""
    body = f"{at:05d}".translate(str.maketrans("0123456789", numbers.ALPHABET[:10])) + "ABCDEF"
    values = {
        "number": numbers.grouped(body + numbers.check_character(body)),
        "title": f"Mali koraci {at}",
        "title_language": "hr",
        "kind": {"en": "Webinar", "hr": "Webinar"},
        "role": "presenter" if at % 5 == 0 else "participant",
        "on": date(2026, 9 + at % 4, 1 + at % 28),
        "minutes_counted": 60 + at,
        "unit_minutes": 45 if at % 3 == 0 else 60,
        "rule_version": "hr-2026.1",
    }
    return StatementRow(**{**values, **changes})


def statement(rows: int = 3, **changes) -> HoursStatementFacts:
    values = {
        "number": CROATIAN.number,
        "holder_name": "Željka Đurić",
        "holder_school": "OŠ Vrbik, Čakovec",
        "period_from": date(2026, 9, 1),
        "period_to": date(2026, 12, 31),
        "rows": tuple(sorted((row(at) for at in range(rows)), key=lambda each: each.on)),
        "issuer_name": {"en": "Mentor Schools Network", "hr": "Mreža škola mentora"},
        "issued_at": datetime(2027, 1, 8, 9, 0, tzinfo=UTC),
        "zone": "Europe/Zagreb",
        "country": "HR",
        "language": "hr",
        "check_url": CROATIAN.check_url,
    }
    return HoursStatementFacts(**{**values, **changes})
