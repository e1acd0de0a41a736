"""Requests and answers as simulators read and write them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Request:
    """A request as a simulator reads it. Header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    raw_query: str = ""

    @property
    def line(self) -> str:
        """`METHOD /path`, decoded."""
        return f"{self.method} {self.path}"

    def json(self) -> dict[str, Any]:
        """The body as an object; an empty body is an empty object."""
        found: dict[str, Any] = json.loads(self.body) if self.body else {}
        return found

    def form(self) -> dict[str, str]:
        """The body as form fields."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Answer:
    """What a simulator answers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, value: object, status: int = 200, **headers: str) -> "Answer":
        """A JSON answer."""
        return cls(
            status, json.dumps(value).encode(), {"Content-Type": "application/json", **headers}
        )
