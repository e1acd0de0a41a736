"""One call of an operation that must succeed in the network of `filled`: who, where, with what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.filled import REPORTS

Ids = Mapping[str, object]


@dataclass(frozen=True)
class Sample:
    """`path` maps path parameters to names of ids (or plain values after `=`)."""

    path: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    who: str = "coordinator"
    match: bool = False
    file: str = ""

    def values(self, ids: Ids) -> dict[str, object]:
        """The path parameters."""
        return {
            name: value[1:] if value.startswith("=") else ids[value]
            for name, value in self.path.items()
        }

    def content(self, ids: Ids, ask: Callable[..., object]) -> object:
        """The body; values that begin with `@` are ids, and a function may ask the API first."""
        if callable(self.body):
            return self.body(ids, ask)
        return _filled(self.body, ids)

    def upload(self) -> SimpleUploadedFile:
        """The file to send."""
        return SimpleUploadedFile(self.file, (REPORTS / self.file).read_bytes())


def _filled(value: object, ids: Ids) -> object:
    if isinstance(value, str) and value.startswith("@"):
        return ids[value[1:]]
    if isinstance(value, dict):
        return {name: _filled(item, ids) for name, item in value.items()}
    return [_filled(item, ids) for item in value] if isinstance(value, list) else value
