"""A certificate as a picture in the page, from the same words as the paper."""

import math
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from attendance.certificates import paper
from attendance.certificates.facts import CertificateFacts
from attendance.certificates.wording import certificate

MIDDLE = (27.0, 38.0)
RADIUS = 12.7
SIZES = ((8, 2.52), (5, 3.06), (0, 3.6))


@dataclass(frozen=True)
class Drawn:
    """The words of the paper, its dots as (x, y, radius) in mm, and its QR code."""

    sheet: dict[str, Any]
    dots: tuple[tuple[str, str, str], ...]
    qr: SafeString


def of(record: CertificateFacts) -> Drawn:
    """The picture of one certificate."""
    sheet = {name.replace("-", "_"): value for name, value in certificate.sheet(record).items()} | {
        "holder": paper.printable_name(record.holder_name)
    }
    drawing = mark_safe(paper.qr(record.check_url))  # noqa: S308  made by segno from an address of ours
    return Drawn(sheet, tuple(_dots(record.dots)), drawing)


def _dots(count: int) -> list[tuple[str, str, str]]:
    """Around the middle as on the paper; as text, so that no language changes the point."""
    size = next(size for more, size in SIZES if count > more or not more)
    turns = [math.tau * (each + 0.5) / count - math.pi / 2 for each in range(count)]
    return [
        (
            f"{MIDDLE[0] + RADIUS * math.cos(turn):.2f}",
            f"{MIDDLE[1] + RADIUS * math.sin(turn):.2f}",
            f"{size:.2f}",
        )
        for turn in turns
    ]
