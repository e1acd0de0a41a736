"""Web addresses in a text: in brackets, broken over lines, without https in front, wrapped by others."""

import html
import re

from integrations.pasted.addresses import LONGEST as LONGEST_LINK
from integrations.pasted.addresses import parsed
from integrations.pasted.services.recognising import recognised
from integrations.pasted.services.shapes import Link
from integrations.pasted.wrappers import unwrapped

LONGEST, MOST = 20_000, 60
# Marks that calendars put around numbers, and spaces of other kinds.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
BRACKETED = re.compile(r"<\s*(https?://[^<>]{1,3000})>", re.IGNORECASE)
WEB = re.compile(r"https?://[^\s<>\"'`{}|\\^“”«»]+", re.IGNORECASE)
BARE = re.compile(
    r"(?<![\w/.@:%=-])((?:[\w-]+\.)?(?:zoom\.us|zoom\.com|webex\.com)|teams\.microsoft\.com"
    r"|teams\.live\.com|meet\.google\.com|meet\.jit\.si)(/[^\s<>\"'|]+)",
    re.IGNORECASE,
)
PHONES = re.compile(r"(?<![\w/.@:%=-])tel\.meet/[^\s<>\"']+", re.IGNORECASE)
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
AFTER = ".,;:!?*_'’”»…"


def plain(text: str) -> str:
    """The text without marks nobody sees, with ordinary spaces, entities read, at most 20,000 letters."""
    seen = html.unescape(text[:LONGEST])
    seen = SPACES.sub(" ", UNSEEN.sub("", seen))
    return BRACKETED.sub(lambda found: f"<{''.join(found[1].split())}>", seen)


def links(text: str) -> list[Link]:
    """All links of a `plain` text in their order, unwrapped and recognised, each once."""
    found = [*_written(text), *([] if WEB.search(text) else _alone(text))]
    addresses = [address for one in found if (address := parsed(_trimmed(one)))]
    seen = [recognised(unwrapped(address)) for address in addresses[:MOST]]
    return list({str(one.address): one for one in reversed(seen)}.values())[::-1]


def without_links(text: str) -> str:
    """The text with a gap where an address stood, so that its digits are no telephone number."""
    for pattern in (WEB, BARE, PHONES):
        text = pattern.sub(" ", text)
    return text


def _written(text: str) -> list[str]:
    places = [(found.start(), found[0]) for found in WEB.finditer(text)]
    places += [(found.start(), f"https://{found[0]}") for found in BARE.finditer(text)]
    return [one for _, one in sorted(places)]


def _alone(text: str) -> list[str]:
    """A text that is nothing but an address, without https in front."""
    word = text.strip().strip("<>()[]\"'")
    host = word.partition("/")[0].partition("?")[0]
    bare = "." in host and not SCHEME.match(word) and not {"@", " ", "\n", "\t"} & set(word)
    return [f"https://{word}"] if bare and word.isprintable() else []


def _trimmed(text: str) -> str:
    """Without the full stop and the closing bracket of the sentence around it."""
    while len(text) <= LONGEST_LINK and text and (text[-1] in AFTER or _closes(text)):
        text = text[:-1]
    return text


def _closes(text: str) -> bool:
    pair = {")": "(", "]": "["}.get(text[-1])
    return pair is not None and text.count(text[-1]) > text.count(pair)
