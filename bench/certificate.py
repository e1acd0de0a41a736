"""What one certificate costs: CPU milliseconds, and the ratio to bare typst in the same run.

Usage: .venv/bin/python bench/certificate.py [certificates per round, default 200]

Bare typst is one line of text with a heading in the same font and the same PDF standards.
"""

import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
import typst

django.setup()

from attendance.certificates import facts, numbers, paper  # noqa: E402 - after Django's set-up
from attendance.certificates.wording import certificate  # noqa: E402 - after Django's set-up
from tests.attendance.certificates import samples  # noqa: E402 - after Django's set-up

ROUNDS = 5
BARE = """#set document(title: "x")
#set page(width: 297mm, height: 210mm)
#set text(font: "Noto Sans")
= Certificate
#sys.inputs.name
"""


def people(count):
    for at in range(count):
        base = samples.certificate(samples.LANGUAGES[at % len(samples.LANGUAGES)])
        number = numbers.draw()
        yield replace(
            base,
            number=number,
            holder_name=f"{base.holder_name} {'ABCDEFGHIJ'[at // 10 % 10]}.{'KLMNOPRSTU'[at % 10]}.",
            check_url=f"https://kolega.example/v/{number}",
        )


def bare_typst(folder):
    source = Path(folder) / "bare.typ"
    source.write_text(BARE)
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[Path(paper.__file__).parent / "fonts"],
    )
    compiler = typst.Compiler(source, root=folder, font_paths=fonts)

    def render(record):
        return compiler.compile(
            format="pdf",
            sys_inputs={"name": record.holder_name},
            pdf_standards=["ua-1", "a-3a"],
            timestamp=record.issued_at,
        )

    return render


def cpu_ms(work, records):
    began = time.process_time()
    for record in records:
        work(record)
    return (time.process_time() - began) * 1000 / len(records)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    steps = {
        "words": certificate.sheet,
        "QR code": lambda record: paper.qr(record.check_url),
        "facts as JSON": facts.canonical,
        "whole certificate": paper.render_certificate,
    }
    with tempfile.TemporaryDirectory() as folder:
        steps["bare typst"] = bare_typst(folder)
        records = list(people(count))
        began = time.perf_counter()
        size = len(paper.render_certificate(records[0]))
        first = (time.perf_counter() - began) * 1000
        figures = {
            name: statistics.median(cpu_ms(work, records) for _ in range(ROUNDS))
            for name, work in steps.items()
        }
    print(f"{count} certificates, median of {ROUNDS} rounds, {size / 1000:.1f} kB each")
    print(f"{'first certificate':20}{first:8.2f} ms of wall time")
    for name, figure in figures.items():
        print(f"{name:20}{figure:8.2f} ms CPU")
    print(f"{'ratio to bare typst':20}{figures['whole certificate'] / figures['bare typst']:8.1f}")


if __name__ == "__main__":
    main()
