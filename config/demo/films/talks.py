"""The talks of the demo's recordings: what is said and what stands on the slides.

Each is a text file: lines of `name: value`, then slides: `# title`, `- point`, sentences, and
`work: seconds` where the speaker is silent while people work.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(__file__).parent / "texts"
SENTENCE = re.compile(r"(?<=[.!?])\s+")
BREATH, TURN = 650, 1600  # milliseconds after a sentence and after a slide


@dataclass
class Slide:
    """One slide: what stands on it, what is said, and seconds of silence afterwards."""

    title: str
    points: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    work: int = 0


@dataclass(frozen=True)
class Talk:
    """One recording to be made; `event` is the title of the event it belongs to."""

    name: str
    country: str
    language: str
    event: str
    visibility: str
    slides: list[Slide]

    @property
    def title(self) -> str:
        """What the recording is called."""
        return self.event if len(self.slides) < LONG else self.slides[0].title

    @property
    def lines(self) -> list[tuple[str, int]]:
        """Every sentence with the milliseconds of silence after it."""
        found = []
        for slide in self.slides:
            found += [(text, BREATH) for text in slide.said[:-1]]
            found.append((slide.said[-1], TURN + slide.work * 1000))
        return found


LONG = 8  # slides; a workshop has a title of its own


def read(name: str) -> Talk:
    """The talk of that name."""
    head, _, body = (HOME / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    slides: list[Slide] = []
    for line in filter(None, body.splitlines()):
        _take(line, slides)
    return Talk(name, values["country"], values["language"], values["event"],
                values["visibility"], slides)  # fmt: skip


def _take(line: str, slides: list[Slide]) -> None:
    if line.startswith("# "):
        slides.append(Slide(line[2:]))
    elif line.startswith("- "):
        slides[-1].points.append(line[2:])
    elif line.startswith("work: "):
        slides[-1].work = int(line[6:])
    else:
        slides[-1].said += SENTENCE.split(line)


def names() -> list[str]:
    """All talks, the short ones first: so something can be watched soon."""
    files = sorted(HOME.glob("*.txt"), key=lambda file: (file.stat().st_size, file.name))
    return [file.stem for file in files]
