"""Many papers at once: one PDF for the printer, or an archive of single ones."""

import io
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

import typst

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
PAGE = '#set page(width: 297mm, height: 210mm, margin: 0mm)\n#image("{name}", width: 100%)'


def bundle(papers: Sequence[bytes], *, at: datetime) -> bytes:
    """One-page A4 landscape papers behind each other in one PDF, drawn as they are.

    For the printer only: what is read aloud and attached stays with the single papers.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, paper in enumerate(papers):
            (root / f"{number}.pdf").write_bytes(paper)
        pages = (PAGE.format(name=f"{number}.pdf") for number in range(len(papers)))
        (root / "all.typ").write_text("\n#pagebreak()\n".join(pages), encoding="utf-8")
        second = at.replace(microsecond=0)  # typst takes whole seconds
        made = typst.Compiler(root / "all.typ", root=root).compile(format="pdf", timestamp=second)
    return cast(bytes, made)  # without an output path, one PDF comes back as bytes


def archive(papers: Sequence[tuple[str, bytes]]) -> bytes:
    """Papers by file name; equal papers give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name, paper in sorted(papers):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.external_attr = 0o644 << 16
            made.writestr(info, paper)
    return out.getvalue()
