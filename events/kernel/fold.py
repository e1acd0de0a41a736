"""Keys for finding and for sorting text written in several alphabets."""

import re
import unicodedata
from functools import cache


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":", maxsplit=1) for pair in text.split())


# Serbian and Macedonian official romanisation without its marks, then the letters of neighbours.
_CYRILLIC_TO_LATIN = _pairs(
    "а:a б:b в:v г:g д:d ђ:d ѓ:gj е:e ж:z з:z ѕ:dz и:i ј:j к:k ќ:kj л:l љ:lj м:m н:n њ:nj о:o п:p "
    "р:r с:s т:t ћ:c у:u ф:f х:h ц:c ч:c џ:dz ш:s ѐ:e ѝ:i "
    "ё:e й:j щ:st ъ:a ы:y ь: э:e ю:ju я:ja і:i ї:ji є:je ґ:g"
)
# Latin letters that Unicode does not take apart into a base letter and a mark.
_LATIN_WHOLE = _pairs("đ:d ð:d ł:l ø:o ħ:h ŧ:t ı:i æ:ae œ:oe þ:th ß:ss")
_APOSTROPHES = dict.fromkeys("'`´‘’ʹʻʼʿ′", "")
_FIRST_LEVEL, _WHOLE_KEY = 200, 250
_SEARCH_TABLE = str.maketrans(_CYRILLIC_TO_LATIN | _LATIN_WHOLE | _APOSTROPHES)


def search_key(text: str) -> str:
    """Fold text so that it is found without accents, in either script, in any case.

    Apply it to what is stored and to what is typed. ``Đorđević``, ``Djordjević``, ``dordevic`` and
    ``Ђорђевић`` share one key, so ``đ`` and ``dj`` both become ``d``. Words are parted by one space.
    """
    return re.sub("dj+", "d", plain_letters(text))


def plain_letters(text: str) -> str:
    """Small Latin letters without marks, words parted by one space: ``đ`` is ``d``, ``dj`` stays.

    For addresses that people read: *djece* has no ``đ`` in it.
    """
    folded = _compose(_compose(text).casefold()).translate(_SEARCH_TABLE)
    letters = (c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return " ".join("".join(c if _is_word_part(c) else " " for c in letters).split())


def sort_key(text: str, language: str = "en") -> str:
    """Return a string whose plain byte order is the order of an address book in ``language``.

    First level: the letters of that alphabet, digraphs as one letter, numbers by size, marks that
    make no letter of their own ignored. Equal first levels are told apart by accents, then small
    before capital. At most 250 characters, so names alike in their first hundred letters may tie.
    A digraph that is two letters (Croatian ``konjugacija``) is not told apart from the one letter.
    """
    tag = language.casefold().replace("_", "-")
    first = "".join(_weights(_compose(text.casefold()), tag))
    printable = "".join(c for c in text if c.isprintable())
    ties = unicodedata.normalize("NFD", printable).swapcase()
    return f"{first.strip('!')[:_FIRST_LEVEL]} {ties}"[:_WHOLE_KEY]


def _compose(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_word_part(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")


# Letters that stand behind their base letter, in order: "c č ć" says č and ć follow all of c.
_SOUTH_SLAVIC = "c č ć|d dž đ|l lj|n nj|s š|z ž"
_ALPHABETS = {
    "hr": _SOUTH_SLAVIC,
    "bs": _SOUTH_SLAVIC,
    "cnr": "c č ć|d dž đ|l lj|n nj|s š ś|z ž ź",
    "sr": _SOUTH_SLAVIC,
    "sl": "c č ć|d đ|s š|z ž",
    "sq": "c ç|d dh|e ë|g gj|l ll|n nj|r rr|s sh|t th|x xh|z zh",
    "hu": "c cs|d dz dzs|g gy|l ly|n ny|o ö=ő|s sz|t ty|u ü=ű|z zs",
    "cs": "c č|h ch|r ř|s š|z ž",
    "sk": "a ä|c č|h ch|o ô|s š|z ž",
    "pl": "a ą|c ć|e ę|l ł|n ń|o ó|s ś|z ź ż",
    "ro": "a ă â|i î|s ș=ş|t ț=ţ",
    "es": "n ñ",
    "sv": "z å ä=æ ö=ø",
    "fi": "z å ä=æ ö=ø",
    "da": "z æ=ä ø=ö å",
    "nb": "z æ=ä ø=ö å",
}
_HUNGARIAN_LONG = ("ccs", "ddz", "ddzs", "ggy", "lly", "nny", "ssz", "tty", "zzs")
_CYRILLIC_ORDER = "абвгґдђѓеёєжзѕиіїйјклљмнњопрстћќуфхцчџшщъыьэюя"
_CYRILLIC_LANGUAGES = {"sr", "mk", "bg", "ru", "uk", "be"}
_TOKENS = re.compile(r"(?P<number>\d+)|(?P<mute>['’ʼ\"“”„«»‚‘]+)|(?P<other>.)", re.DOTALL)


def _weights(text: str, tag: str) -> list[str]:
    base = tag.split("-", maxsplit=1)[0]
    letters, pattern = _tailoring(base)
    cyrillic_first = base in _CYRILLIC_LANGUAGES and "latn" not in tag
    weights: list[str] = []
    at = 0
    while at < len(text):
        if pattern and (own := pattern.match(text, at)):
            weights.append(letters[own.group()])
            at = own.end()
            continue
        token = _TOKENS.match(text, at)
        if token is None:  # unreachable: the last branch of the pattern takes any character
            break
        weights.append(_plain_weight(token, cyrillic_first=cyrillic_first))
        at = token.end()
    return weights


def _plain_weight(token: re.Match[str], *, cyrillic_first: bool) -> str:
    if token["mute"]:
        return ""
    if token["number"]:
        digits = "".join(str(unicodedata.digit(d)) for d in token["number"]).lstrip("0")
        return f"0{len(digits):03d}{digits}"
    return _letter_weight(token["other"], cyrillic_first=cyrillic_first)


def _letter_weight(char: str, *, cyrillic_first: bool) -> str:
    """Weigh one character: ``!`` a gap, ``A..`` own Cyrillic, ``a0`` Latin, ``{`` other scripts."""
    place = _CYRILLIC_ORDER.find(char)
    if place < 0:
        bare = unicodedata.normalize("NFD", char)[0]
        place = _CYRILLIC_ORDER.find(bare)
    else:
        bare = char
    if place >= 0:
        return f"{'A' if cyrillic_first else '{c'}{place:02d}"
    whole = _LATIN_WHOLE.get(bare, bare)
    if whole.isascii() and whole.isalpha():
        return "".join(f"{letter}0" for letter in whole)
    if unicodedata.combining(char):
        return ""
    return f"{{{bare}" if bare.isalnum() else "!"


@cache
def _tailoring(base: str) -> tuple[dict[str, str], re.Pattern[str] | None]:
    letters: dict[str, str] = {}
    for family in filter(None, _ALPHABETS.get(base, "").split("|")):
        first, *followers = family.split()
        for rank, names in enumerate(followers, start=1):
            letters |= dict.fromkeys(names.split("="), f"{first}{rank}")
    if base == "hu":
        letters |= {long: letters[long[1:]] * 2 for long in _HUNGARIAN_LONG}
    longest_first = sorted(letters, key=len, reverse=True)
    return letters, re.compile("|".join(longest_first)) if letters else None
