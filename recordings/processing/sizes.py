"""Which sizes are made of a file, in which order, and how large each is; plain Python."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from recordings.media.probe import Facts

AUDIO, SMALL, STANDARD = "audio", "240p", "480p"
# A source with a shorter side up to this is small itself: making 480p of it would gain nothing.
SMALL_ENOUGH = 300
# Up to this H.264 and AAC are published as they are, before anything is made of them.
LIGHT_BITS = 1_000_000
LIGHT_SIDE = 720
# Where one decoding for both sizes is over sooner than anybody would wait for the small one.
TOGETHER_MS = 10 * 60 * 1000
FITS_AAC = {"LC": "mp4a.40.2", "HE-AAC": "mp4a.40.5", "HE-AACv2": "mp4a.40.29"}


@dataclass(frozen=True)
class Rung:
    """Limits of one size: points of the shorter side, frames and bits per second, cost of a second."""

    side: int
    fps: float
    bits: int
    cost: int


# Sides, frames and bits as measured for slides and for hard pictures (docs/figures.md).
RUNGS = {SMALL: Rung(240, 15, 200_000, 3), STANDARD: Rung(480, 30, 900_000, 6)}
AUDIO_BITS = 32_000
LEAST_BITS = 24_000
AUDIO_COST = 1


@dataclass(frozen=True)
class Picture:
    """One size of film: its name, even width and height in points, frames and bits per second."""

    name: str
    width: int
    height: int
    fps: float
    bits: int


@dataclass(frozen=True)
class Piece:
    """What one run of the transcoder makes: the sound, a copy as it is, or sizes of film."""

    kind: str
    names: tuple[str, ...]

    @property
    def cost(self) -> int:
        """Its share of the work, against others of the same recording."""
        return sum(RUNGS[name].cost if self.kind == "film" else AUDIO_COST for name in self.names)


def pieces(facts: Facts, *, there: Collection[str], copy: bool = True) -> Iterator[Piece]:
    """What is still to be made, in the order in which it is made; `there` are sizes that are.

    A light source comes first as it is, then the sound, then film from the smallest up.
    """
    wanted = names(facts)
    copied = copied_as(facts) if copy else ""
    if copied and copied not in there:
        yield Piece("copy", (copied,))
    if facts.audio and AUDIO not in there:
        yield Piece(AUDIO, (AUDIO,))
    films = tuple(one for one in wanted if one not in {AUDIO, copied, *there})
    if facts.duration_ms <= TOGETHER_MS and films:
        yield Piece("film", films)
    else:
        yield from (Piece("film", (name,)) for name in films)


def names(facts: Facts) -> tuple[str, ...]:
    """The sizes a file is to have, smallest first."""
    found: tuple[str, ...] = (AUDIO,) if facts.audio else ()
    if facts.video:
        found += (SMALL,) if _is_small(facts) else (SMALL, STANDARD)
    return found


def _is_small(facts: Facts) -> bool:
    return min(facts.width, facts.height) <= SMALL_ENOUGH


def copied_as(facts: Facts) -> str:
    """The size a light source stands for as it is; empty where it must be made anew."""
    fits = (
        facts.video == "h264" and facts.pixels == "yuv420p" and not facts.rotation
        and facts.square and not facts.interlaced
        and (not facts.audio or (facts.audio == "aac" and facts.audio_profile in FITS_AAC))
        and min(facts.width, facts.height) <= LIGHT_SIDE
    )  # fmt: skip
    if not fits or facts.bit_rate > LIGHT_BITS:
        return ""
    return SMALL if _is_small(facts) and facts.bit_rate <= 2 * RUNGS[SMALL].bits else STANDARD


def picture(name: str, facts: Facts) -> Picture:
    """How large one size of a film is: never larger or heavier than the source, its shape kept."""
    rung = RUNGS[name]
    share = min(1.0, rung.side / min(facts.width, facts.height))
    return Picture(name, _even(facts.width * share), _even(facts.height * share),
                   _fps(facts.fps, rung.fps), _bits(facts, rung.bits))  # fmt: skip


def _bits(facts: Facts, most: int) -> int:
    """What the source has beside the sound that is made of it; `most` where that is not known."""
    sound = AUDIO_BITS if facts.audio else 0
    return min(most, max(LEAST_BITS, facts.bit_rate - sound)) if facts.bit_rate else most


def _even(points: float) -> int:
    return max(2, 2 * round(points / 2))


def _fps(source: float, most: float) -> float:
    """Each, every second, every third… frame, so that motion stays even; `most` where unknown."""
    if not 1 <= source <= 120:  # noqa: PLR2004  frames a second that cameras and screens give
        return most
    step = 1
    while source / step > most * 1.01:
        step += 1
    return round(source / step, 3)
