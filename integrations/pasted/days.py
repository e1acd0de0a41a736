"""Days that a text names, in figures or with the name of the month in the languages of the network."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

# Beginnings of the names of the months, folded. One beginning may stand for two months: listopad is
# October in Croatia and November in Poland.
STEMS = (
    "jan gen ene sij led sty jen yan oca ian ιαν јан янв",
    "feb fev vel uno unor lut shk sub φεβ шуб фев",
    "mar mae maa ozu bre μαρ мар",
    "apr abr avr tra dub kwi pri nis απρ апр",
    "may mai maj mag mei svi kve μαι мај май",
    "jun juin giu lip cer czer qer haz iun ιου јун юни",
    "jul juil lug lip srp cer korr tem iul ιου јул юли",
    "aug ago aou kol srp sie gus agu aug αυγ авг",
    "sep set ruj zar wrz sht eyl szep σεπ сеп",
    "oct okt out ott lis rij paz tet eki οκτ окт",
    "nov stu lis nen kas noi noe νοε нов ное",
    "dec dez dic des pro gru dhj ara δεκ дек",
)
WORD = r"([^\W\d_]{3,14})"
YEAR = r"(20\d\d)"
FIGURES = re.compile(rf"(?<!\d)(\d{{1,2}})([./-]) ?(\d{{1,2}})[./-] ?{YEAR}(?!\d)")
YEAR_FIRST = re.compile(rf"(?<!\d){YEAR}[./-] ?(\d{{1,2}})[./-] ?(\d{{1,2}})(?!\d)")
DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|º|\.)? ?(?:de |d[’'])?{WORD}\.?,?(?: del?)? {YEAR}(?!\d)"
)
MONTH_FIRST = re.compile(rf"{WORD}\.? (\d{{1,2}})(?:st|nd|rd|th|\.)?,? {YEAR}(?!\d)")
YEAR_AND_WORD = re.compile(rf"(?<!\d){YEAR}\.? {WORD}\.? (\d{{1,2}})(?!\d)")
# Which groups of each pattern are the year, the month and the day.
NAMED = {DAY_FIRST: (3, 2, 1), MONTH_FIRST: (3, 1, 2), YEAR_AND_WORD: (1, 2, 3)}


def days(text: str) -> list[frozenset[date]]:
    """Each day a text names, in their order, as the days it can mean: 05/06/2026 is two."""
    found = [(at, readings) for at, readings in _all(text) if readings]
    return [readings for _, readings in sorted(found, key=lambda one: one[0])]


def _all(text: str) -> Iterator[tuple[int, frozenset[date]]]:
    for found in FIGURES.finditer(text):
        one, mark, two, year = found.groups()
        pairs = [(two, one)] if mark == "." else [(two, one), (one, two)]
        yield found.start(), _readings(year, pairs)
    for found in YEAR_FIRST.finditer(text):
        yield found.start(), _readings(found[1], [(found[2], found[3])])
    for pattern, (year, word, day) in NAMED.items():
        for found in pattern.finditer(text):
            named = [(str(month), found[day]) for month in months(found[word])]
            yield found.start(), _readings(found[year], named)


def _readings(year: str, pairs: Iterable[tuple[str, str]]) -> frozenset[date]:
    """The days of pairs of month and day that exist."""
    found = (_day(int(year), int(month), int(day)) for month, day in pairs)
    return frozenset(one for one in found if one)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months(word: str) -> list[int]:
    """The months a word can name."""
    folded = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word.casefold())
        if not unicodedata.combining(letter)
    )
    return [
        number
        for number, stems in enumerate(STEMS, start=1)
        if any(folded.startswith(stem) for stem in stems.split())
    ]
