"""Which bytes a Range header asks for: a table of the standard's cases, and any span against slicing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordings.media.ranges import Beyond, Span, wanted

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-1", Span(0, 2)),
        ("bytes=100-199", Span(100, 200)),
        ("bytes=-500", Span(500, 1000)),
        ("bytes=-5000", Span(0, 1000)),
        ("bytes=990-", Span(990, 1000)),
        ("bytes=999-", Span(999, 1000)),
        ("bytes=0-", Span(0, 1000)),
        ("bytes=0-99999999", Span(0, 1000)),
        ("BYTES=0-1", Span(0, 2)),
        (" bytes=0-1 ", Span(0, 2)),
    ],
)
def test_one_range(header, span):
    assert wanted(header, SIZE) == span


@pytest.mark.parametrize(
    "header",
    ["", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,5-6", "bytes=a-b", "items=0-1", "bytes=0 - 1",
     "bytes=0-1-2", "bytes=٠-١", "0-1", "bytes=0-" + 30 * "9"],
)  # fmt: skip
def test_what_is_no_single_range_is_the_whole(header):
    assert wanted(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=2000-"])
def test_beyond_the_end(header):
    with pytest.raises(Beyond):
        wanted(header, SIZE)


def test_an_empty_file():
    assert wanted("bytes=-5", 0) is None
    with pytest.raises(Beyond):
        wanted("bytes=0-", 0)


@given(st.binary(min_size=1, max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_any_range_is_the_slice(content, first, last):
    header, size = f"bytes={first}-{last}", len(content)
    if last < first:
        assert wanted(header, size) is None
    elif first >= size:
        with pytest.raises(Beyond):
            wanted(header, size)
    else:
        span = wanted(header, size)
        assert content[span.start : span.stop] == content[first : last + 1]
        assert span.told(size) == f"bytes {first}-{min(last, size - 1)}/{size}"


@given(st.binary(min_size=1, max_size=300), st.integers(1, 400))
def test_any_ending_is_the_slice(content, length):
    span = wanted(f"bytes=-{length}", len(content))
    assert content[span.start : span.stop] == content[-length:]
