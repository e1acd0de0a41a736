"""Slides as pictures, set in the fonts of the product."""

import json
from collections.abc import Sequence
from pathlib import Path

import typst

from attendance.certificates import paper
from config.demo.films.talks import Slide

POINTS_PER_INCH = 72
# 960 x 540 points; the film is as large as the pictures.
SHEET = """
#let slides = json(bytes(sys.inputs.slides))
#set page(width: 960pt, height: 540pt, margin: (x: 64pt, top: 60pt, bottom: 48pt), fill: rgb("#fbfaf6"))
#set text(font: "Noto Sans", size: 30pt, fill: rgb("#1c2530"), lang: sys.inputs.language)
#for (at, slide) in slides.enumerate() {
  if at > 0 { pagebreak() }
  block(width: 100%, height: 8pt, fill: rgb("#f4b93a"))
  v(14pt)
  text(size: 44pt, weight: "bold", slide.title)
  v(22pt)
  for point in slide.points [
    #grid(columns: (30pt, 1fr), text(fill: rgb("#2455a4"), "•"), point)
    #v(6pt)
  ]
  place(bottom + left, text(size: 17pt, fill: rgb("#5a6470"), sys.inputs.foot))
  place(bottom + right, text(size: 17pt, fill: rgb("#5a6470"), str(at + 1) + " / " + str(slides.len())))
}
"""


def draw(slides: Sequence[Slide], folder: Path, *, language: str, foot: str) -> list[Path]:
    """One PNG of 960 x 540 for each slide, in order."""
    source = folder / "slides.typ"
    source.write_text(SHEET, encoding="utf-8")
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False,
        font_paths=[Path(paper.__file__).parent / "fonts"],
    )  # fmt: skip
    content = json.dumps([{"title": one.title, "points": one.points} for one in slides])
    pages = typst.Compiler(source, root=folder, font_paths=fonts).compile(
        format="png", ppi=POINTS_PER_INCH,
        sys_inputs={"slides": content, "language": language, "foot": foot},
    )  # fmt: skip
    drawn = []
    for at, page in enumerate([pages] if isinstance(pages, bytes) else pages or []):
        path = folder / f"slide-{at:02d}.png"
        path.write_bytes(page)
        drawn.append(path)
    return drawn
