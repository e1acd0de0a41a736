import math
import re
from pathlib import Path

import pytest
import zxingcpp
from defusedxml import minidom
from PIL import Image, ImageDraw

from events.templatetags import charts, figures
from events.templatetags.icons import ICONS


def parsed(markup):
    return minidom.parseString(markup).documentElement


def circles(markup):
    found = parsed(markup).getElementsByTagName("circle")
    return [[float(dot.getAttribute(name)) for name in ("cx", "cy", "r")] for dot in found]


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_is_well_formed_and_stays_on_its_grid(name):
    parsed(figures.icon(name))
    assert max(abs(float(n)) for n in re.findall(r"\d*\.?\d+", ICONS[name])) <= 24


def test_an_icon_that_was_never_drawn_is_an_error():
    with pytest.raises(KeyError):
        figures.icon("unicorn")


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert parsed(figures.icon("ok")).getAttribute("aria-hidden") == "true"
    said = parsed(figures.icon("ok", "Done & sent"))
    assert (said.getAttribute("role"), said.getAttribute("aria-label")) == ("img", "Done & sent")


@pytest.mark.parametrize("others", [*range(1, 13), 20])
def test_dots_stand_apart_and_inside_the_frame(others):
    dots = circles(figures.five([4] * (others + 1), "Cluster"))
    assert len(dots) == others + 1
    for number, (x, y, r) in enumerate(dots):
        assert min(x, y) - r >= -0.5
        assert max(x, y) + r <= 24.5
        for x2, y2, r2 in dots[number + 1 :]:
            assert math.dist((x, y), (x2, y2)) > r + r2


def test_levels_are_shown_in_order_and_kept_within_five_steps():
    drawn = figures.five([9, 0, -2, 3], "Cluster", names=["Mentor", "A & B"])
    assert re.findall(r'class="(v\d)"', drawn) == ["v4", "v0", "v0", "v3"]
    assert "<title>A &amp; B</title>" in drawn


def rects(markup):
    names = ("class", "x", "width", "height")
    found = parsed(markup).getElementsByTagName("rect")
    return [tuple(rect.getAttribute(name) for name in names) for rect in found]


def test_minutes_are_units_and_height_says_the_mode():
    drawn = charts.timeline(150, [("onl", 0, 38), ("room", 55, 150)], "Željka")
    assert rects(drawn) == [("onl", "0", "38", "4"), ("room", "55", "95", "9")]
    assert parsed(drawn).getAttribute("viewBox") == "0 0 150 12"


def test_bars_are_cut_at_the_ends_of_the_evening():
    drawn = charts.timeline(150, [("room", -10, 20), ("room", 140, 999), ("room", 160, 170)], "x")
    assert [(x, width) for _, x, width, _ in rects(drawn)] == [("0", "20"), ("140", "10")]


def test_an_evening_of_no_length_is_drawn_empty():
    assert rects(charts.timeline(0, [("room", 0, 10)], "x")) == []


def test_people_online_stand_on_people_in_the_room():
    drawn = charts.people_present(100, [(0, 10), (50, 20)], [(0, 20)], "People")
    online, room = (path.getAttribute("d") for path in parsed(drawn).getElementsByTagName("path"))
    assert room == "M0 48H0V36.5H50V25H100V48Z"
    assert online == "M0 48H0V13.5H50V2H100V48Z"


def test_nobody_present_is_a_flat_line():
    drawn = charts.people_present(100, [], [], "Nobody")
    assert "V48" in parsed(drawn).getElementsByTagName("path")[0].getAttribute("d")


def test_pieces_fill_the_bar_and_keep_a_gap():
    drawn = rects(charts.hbar([("room", 21), ("onl", 79)]))
    assert [(kind, x, width) for kind, x, width, _ in drawn] == [
        ("room", "0", "20.6"),
        ("onl", "21", "78.6"),
    ]


def test_a_bar_of_nothing_is_drawn():
    assert [width for *_, width, _ in rects(charts.hbar([("room", 0)]))] == ["0"]


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (1, 1), (3, 4), (7, 8), (11, 12), (710, 800), (1200, 1200)]
)
def test_scales_end_at_a_round_number(highest, top):
    assert charts.rounded_top(highest) == pytest.approx(top)


def test_columns_are_stacked_from_the_floor():
    drawn = rects(charts.columns([(10, 30)], ["room", "onl"], 40))
    assert [(kind, height) for kind, _, _, height in drawn] == [("room", "24.5"), ("onl", "74.5")]


def test_the_code_is_read_back(tmp_path: Path):
    text = "https://kolega.test/v/7K4P-QM2X-9TRD"
    drawn = parsed(figures.qr(text, "Opens the check page"))
    side = int(drawn.getAttribute("viewBox").split()[2])
    picture = Image.new("L", ((side + 8) * 6, (side + 8) * 6), 255)
    pen = ImageDraw.Draw(picture)
    for x, y in re.findall(r"M(\d+) (\d+)h1", drawn.toxml()):
        left, top = (int(x) + 4) * 6, (int(y) + 4) * 6
        pen.rectangle((left, top, left + 5, top + 5), fill=0)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [text]
