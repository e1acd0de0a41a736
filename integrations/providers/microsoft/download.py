"""Bytes of recordings and transcripts of Teams meetings (`ports.Download`)."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from integrations.ports import Opened, Wanted, streams
from integrations.providers.microsoft.wire import Graph

VTT = "$format=text/vtt"


class MicrosoftDownload:
    """Files behind the `url` of a recording, read with the account's token."""

    def __init__(self, graph: Graph) -> None:
        """Take what calls Graph."""
        self.graph = graph

    @contextmanager
    def open(self, wanted: Wanted) -> Iterator[Opened]:
        """Open a file; a transcript comes as WebVTT. Graph tells no checksum."""
        text = wanted.kind == "transcript"
        address = f"{wanted.url}?{VTT}" if text else wanted.url
        asked = streams.asking(offset=wanted.offset, revision=wanted.revision)
        with closing(self.graph.stream(address, headers=asked)) as answer:
            suffix = "vtt" if text else "mp4"
            yield streams.opened(answer, offset=wanted.offset, suffix=suffix)
