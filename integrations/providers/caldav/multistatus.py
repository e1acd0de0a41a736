"""Answers about several resources at once (RFC 4918 §13, RFC 6578 §3.6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from integrations.ports import Temporary
from integrations.providers.caldav.errors import MULTI, NOT_FOUND, STORAGE, SUCCESS, trouble
from integrations.providers.caldav.questions import DAV
from integrations.providers.caldav.web import Reply


@dataclass(frozen=True)
class Resource:
    """One resource of an answer; `props` holds the properties that were found, by name."""

    path: str
    status: int
    props: Mapping[str, Element] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The last piece of the path; empty for a collection."""
        return unquote(self.path.rpartition("/")[2])

    @property
    def is_gone(self) -> bool:
        """Whether the answer says that nothing stands there."""
        return self.status == NOT_FOUND

    def text(self, name: str) -> str:
        """The text of a property; empty when it was not found."""
        found = self.props.get(name)
        return (found.text or "") if found is not None else ""

    def path_in(self, name: str) -> str:
        """The address that a property holds; empty when it holds none."""
        found = self.props.get(name)
        return (found.findtext(f"{DAV}href") or "").strip() if found is not None else ""

    def children(self, name: str) -> set[str]:
        """The names of all elements inside a property."""
        found = self.props.get(name)
        return {element.tag for element in found.iter()} - {name} if found is not None else set()


@dataclass(frozen=True)
class Multi:
    """The resources of an answer, its sync token, and whether the server cut it short."""

    resources: Sequence[Resource]
    token: str = ""
    is_cut: bool = False


def read(reply: Reply) -> Multi:
    """Take an answer apart. Raises the trouble of a refusal, Temporary for one nobody can read."""
    if reply.status != MULTI or reply.is_page:
        raise trouble(reply)
    try:
        root: Element = fromstring(reply.body)
        found = list(_resources(root))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Temporary("unreadable", "XML") from error
    return Multi(
        [one for one in found if one.status != STORAGE],
        (root.findtext(f"{DAV}sync-token") or "").strip(),
        any(one.status == STORAGE for one in found),
    )


def _resources(root: Element) -> Iterator[Resource]:
    for response in root.findall(f"{DAV}response"):
        path = urlsplit((response.findtext(f"{DAV}href") or "").strip()).path
        whole = response.findtext(f"{DAV}status")
        props = {
            prop.tag: prop
            for group in response.findall(f"{DAV}propstat")
            if _status(group.findtext(f"{DAV}status")) == SUCCESS
            for prop in group.findall(f"{DAV}prop/*")
        }
        yield Resource(path, _status(whole) if whole else SUCCESS, props)


def _status(line: str | None) -> int:
    """The number in `HTTP/1.1 200 OK`; raises ValueError without one."""
    return int((line or "").split()[1]) if len((line or "").split()) > 1 else SUCCESS
