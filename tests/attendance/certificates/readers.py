"""Reading papers back with other people's programs."""

import shutil
import subprocess

import pypdfium2
import zxingcpp

POINTS_PER_MM = 72 / 25.4


def pages(paper: bytes) -> int:
    return len(pypdfium2.PdfDocument(paper))


def text(paper: bytes) -> str:
    """All text, white space evened out; `pdftotext` reads along where it is installed."""
    document = pypdfium2.PdfDocument(paper)
    read = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(read.replace("\N{SOFT HYPHEN}", "").replace("\ufffe", "-").split())


def other_text(paper: bytes) -> str | None:
    """What `pdftotext` reads, or None where it is not installed."""
    if shutil.which("pdftotext") is None:
        return None
    command = ["pdftotext", "-layout", "-", "-"]
    read = subprocess.run(command, input=paper, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def picture(paper: bytes, page: int = 0, dots_per_inch: int = 150):
    return pypdfium2.PdfDocument(paper)[page].render(scale=dots_per_inch / 72).to_pil()


def codes(paper: bytes, page: int = 0) -> list[str]:
    return sorted(code.text for code in zxingcpp.read_barcodes(picture(paper, page)))


def other_codes(paper: bytes, folder) -> list[str] | None:
    """What `zbarimg` reads, or None where it is not installed."""
    if shutil.which("zbarimg") is None:
        return None
    file = folder / "page.png"
    picture(paper).save(file)
    command = ["zbarimg", "--nodbus", "--quiet", "--raw", str(file)]
    read = subprocess.run(command, capture_output=True, check=True)
    return sorted(read.stdout.decode().split())


def code_width_mm(paper: bytes) -> float:
    (code,) = zxingcpp.read_barcodes(picture(paper, dots_per_inch=254))
    return (code.position.top_right.x - code.position.top_left.x) / 10


def attachments(paper: bytes) -> dict[str, bytes]:
    document = pypdfium2.PdfDocument(paper)
    files = [document.get_attachment(at) for at in range(document.count_attachments())]
    return {file.get_name(): bytes(file.get_data()) for file in files}


def right_edge_mm(paper: bytes) -> float:
    """How far to the right any character of the first page reaches."""
    read = pypdfium2.PdfDocument(paper)[0].get_textpage()
    boxes = [read.get_rect(at) for at in range(read.count_rects())]
    return max(right for _, _, right, _ in boxes) / POINTS_PER_MM


def span_mm(paper: bytes, words: str) -> tuple[float, float]:
    """Lower and upper edge of `words` on the first page, counted from below."""
    read = pypdfium2.PdfDocument(paper)[0].get_textpage()
    first, count = read.search(words).get_next()
    boxes = [read.get_charbox(at) for at in range(first, first + count)]
    lower, upper = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return lower / POINTS_PER_MM, upper / POINTS_PER_MM
