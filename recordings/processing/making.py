"""Makes the sizes of one recording, one after the other; each is watchable once it is stored.

Files are made in a working folder that is gone afterwards, then moved into the storage, then named
by a row. Killed anywhere, the next run finds by the rows what is left to do and makes only that.
"""

import logging
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

from django.db import transaction

from events.backstage.holding import Hold
from events.kernel import clock
from events.kernel.actors import system
from recordings.library import commands as library
from recordings.library.models import Rendition
from recordings.media import probe, store
from recordings.media.probe import Facts
from recordings.processing import encoding, playlists, recipes, sizes, storing
from recordings.processing.failures import Unreadable
from recordings.processing.orders import Order
from recordings.processing.sizes import AUDIO, Piece

log = logging.getLogger(__name__)

BY = system("processing")
WHOLE = 100  # per cent
LONGEST_SEGMENT = 15.0  # seconds; a copy with longer ones cannot be sought in
POSTER_BYTES = 15_000
QUALITIES = (4, 7, 11, 16, 24, 31)
DOWNLOADS = {AUDIO: "audio.m4a"}
MARGIN = 2_000_000  # bytes of heads and of what a rate control overshoots


def make(order: Order, hold: Hold) -> None:
    """Make everything of a revision that is not there yet; raises Stopped or a DomainError."""
    with ExitStack() as ending:
        bench = Bench(order, hold, ending)
        while (piece := bench.next_piece()) is not None:
            if piece.kind == "film":
                bench.make_poster()
            bench.make(piece)
        bench.make_poster()
    storing.write_master(order)
    storing.tidy(order)
    hold.say(WHOLE)


class Bench:
    """One run: the source at hand, a working folder, and how far it is."""

    def __init__(self, order: Order, hold: Hold, ending: ExitStack) -> None:
        """Begin; nothing is fetched before it is needed."""
        self.order, self.hold, self._ending = order, hold, ending
        self._may_copy, self._done, self._tried_poster = True, 0, False
        hold.beat()

    @cached_property
    def folder(self) -> Path:
        """Where files are made."""
        return self._ending.enter_context(store.working_folder())

    @cached_property
    def source(self) -> Path:
        """The file everything is made from."""
        return storing.at_hand(self.order.key, self.order.size, self.folder, self.hold.beat)

    @cached_property
    def facts(self) -> Facts:
        """What is in it."""
        return self.order.facts or probe.look(self.source)

    def next_piece(self) -> Piece | None:
        """What comes next, by the rows."""
        made = self.order.made
        left = list(sizes.pieces(self.facts, there=made, copy=self._may_copy))
        whole = sum(piece.cost for piece in sizes.pieces(self.facts, there=(), copy=self._may_copy))
        self._done = whole - sum(piece.cost for piece in left)
        self._whole = max(whole, 1)
        return left[0] if left else None

    def make(self, piece: Piece) -> None:
        """Make, store and note one piece."""
        match piece.kind:
            case "copy":
                self._copy(piece)
            case "audio":
                made = self.folder / DOWNLOADS[AUDIO]
                self._encode(piece, recipes.audio(self.source, made, threads=encoding.THREADS),
                             room=self._room(sizes.AUDIO_BITS))  # fmt: skip
                self._finish(AUDIO, made)
            case _:
                self._film(piece)

    def _copy(self, piece: Piece) -> None:
        name = piece.names[0]
        made = self.folder / f"{name}.mp4"
        try:
            self._encode(piece, recipes.copy(self.source, made), room=self.order.size + MARGIN)
            self._finish(name, made, longest=LONGEST_SEGMENT)
        except Unreadable:  # it only cannot be copied; it is made anew like any other
            self._may_copy = False

    def _film(self, piece: Piece) -> None:
        pictures = [sizes.picture(name, self.facts) for name in piece.names]
        made = [(one, self.folder / f"{one.name}.mp4") for one in pictures]
        bits = max(sizes.RUNGS[name].bits for name in piece.names) + sizes.AUDIO_BITS
        call = recipes.film(self.source, self._sound(), made, threads=encoding.THREADS)
        self._encode(piece, call, room=self._room(bits))
        for one, path in made:
            self._finish(one.name, path)

    def _sound(self) -> Path | None:
        """The sound that was made before, in this run or in one that was killed."""
        if not self.facts.audio:
            return None
        path = self.folder / DOWNLOADS[AUDIO]
        if not path.exists():
            store.fetch(f"{self.order.folder}/{path.name}", path)
        return path

    def _room(self, bits: int) -> int:
        return self.facts.duration_ms * bits // 8000 * 3 // 2 + MARGIN

    def _encode(self, piece: Piece, call: list[str], *, room: int) -> None:
        def beat(share: float) -> None:
            self.hold.beat(int(WHOLE * (self._done + piece.cost * share) / self._whole))

        encoding.encode(
            call, duration_ms=self.facts.duration_ms, room=room, folder=self.folder, beat=beat
        )  # fmt: skip

    def _finish(self, name: str, made: Path, *, longest: float | None = None) -> None:
        """Cut a finished file into segments, measure, store, note."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        encoding.encode(
            recipes.segments(made, folder, name), duration_ms=self.facts.duration_ms,
            room=made.stat().st_size + MARGIN, folder=folder, beat=lambda _: self.hold.beat(),
        )  # fmt: skip
        row = self._measured(name, made, folder, longest=longest)
        storing.put_size(self.order, name, folder, made, self.hold.beat)
        with transaction.atomic():
            self.hold.check()
            library.note_rendition(row, by=BY, at=clock.now())
        storing.write_master(self.order)

    def _measured(self, name: str, made: Path, folder: Path, *, longest: float | None) -> Rendition:
        found = playlists.segments(folder / f"{name}.m3u8")
        seconds = sum(one.seconds for one in found)
        if not self._is_whole(name, seconds) or (
            longest is not None and max(one.seconds for one in found) > longest
        ):
            raise Unreadable
        width, height = self._shape(name, copied=longest is not None)
        profile = self.facts.audio_profile if longest is not None else "LC"
        codecs = playlists.codecs(
            folder / f"{name}_init.mp4", sound=sizes.FITS_AAC.get(profile, "mp4a.40.2")
        )
        return Rendition(
            recording_id=self.order.recording_id, revision=self.order.revision, name=name,
            playlist=f"{name}.m3u8", download=made.name, download_bytes=made.stat().st_size,
            stream_bytes=sum(one.stat().st_size for one in folder.iterdir()),
            peak=playlists.peak(found), average=playlists.average(found), codecs=codecs,
            width=width, height=height,
        )  # fmt: skip

    def _is_whole(self, name: str, seconds: float) -> bool:
        """A film must be as long as its source, nearly; sound may end before the film does."""
        least = 0.0 if name == AUDIO else 0.9 * self.facts.duration_ms / 1000 - 1
        return seconds > max(0.0, least)

    def _shape(self, name: str, *, copied: bool) -> tuple[int, int]:
        if name == AUDIO:
            return 0, 0
        if copied:
            return self.facts.width, self.facts.height
        size = sizes.picture(name, self.facts)
        return size.width, size.height

    def make_poster(self) -> None:
        """A picture of at most 15 kB, once; a film of which none can be made does without."""
        if self._tried_poster or not self.facts.video or self.order.has_poster:
            return
        self._tried_poster = True
        drawn, made = self.folder / "poster.png", self.folder / "poster.jpg"
        second = self.facts.duration_ms / 10_000
        try:
            self._draw(recipes.picture(self.source, drawn, second=second))
            for quality in QUALITIES:
                self._draw(recipes.poster(drawn, made, quality=quality))
                if made.stat().st_size <= POSTER_BYTES:
                    break
        except Unreadable:
            log.warning("no picture of recording %s", self.order.recording_id)
            return
        store.put(f"{self.order.folder}/{made.name}", made)
        with transaction.atomic():
            self.hold.check()
            library.note_poster(self.order.recording_id, revision=self.order.revision,
                                size=made.stat().st_size, by=BY, at=clock.now())  # fmt: skip

    def _draw(self, call: list[str]) -> None:
        encoding.encode(
            call, duration_ms=60_000, room=MARGIN, folder=self.folder,
            beat=lambda _: self.hold.beat(),
        )  # fmt: skip
