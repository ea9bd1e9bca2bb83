"""Lines from arrays: gaps stay gaps, and dashes run on."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter, QPicture
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.charts.labels import spread
from convergedesk.desktop.charts.strokes import _slices, dashes, draw_band, lone_points, segments_between

NAN = float("nan")


def test_a_gap_is_not_bridged() -> None:
    segments = segments_between(np.arange(5.0), np.array([1, 2, NAN, 4, 5.0]))
    assert segments.tolist() == [[0, 1, 1, 2], [3, 4, 4, 5]]


def test_a_day_between_two_gaps_is_a_dot() -> None:
    points = lone_points(np.arange(5.0), np.array([1, NAN, 3, NAN, NAN]))
    assert points.tolist() == [[0, 1], [2, 3]]


def test_nothing_known_draws_nothing() -> None:
    unknown = np.full(3, NAN)
    assert len(segments_between(np.arange(3.0), unknown)) == 0
    assert len(lone_points(np.arange(3.0), unknown)) == 0
    assert len(dashes(np.zeros((0, 4)), 4, 3)) == 0


@given(st.lists(st.floats(0.5, 60), min_size=1, max_size=30))
def test_dashes_cover_their_share_and_never_leave_the_line(lengths: list[float]) -> None:
    ends = np.cumsum(lengths)
    starts = ends - lengths
    chain = np.column_stack((starts, np.zeros_like(starts), ends, np.zeros_like(ends)))
    cut = dashes(chain, 4, 3)
    total = float(ends[-1])
    drawn = float((cut[:, 2] - cut[:, 0]).sum())
    whole, rest = divmod(total, 7)
    assert drawn == pytest.approx(whole * 4 + min(rest, 4), abs=1e-6)
    assert cut[:, 0].min() >= 0
    assert cut[:, 2].max() <= total + 1e-9
    # The pattern runs on across corners: a dash never begins inside a gap.
    assert all((start % 7) < 4 + 1e-6 or 7 - (start % 7) < 1e-6 for start in cut[:, 0])


heights = st.floats(10, 30)
boxes = st.lists(st.tuples(st.floats(0, 400), heights), min_size=1, max_size=10)


@given(boxes)
def test_names_never_cover_one_another(wanted: list[tuple[float, float]]) -> None:
    centres = [centre for centre, _ in wanted]
    sizes = [height for _, height in wanted]
    placed = spread(centres, sizes, 0, 400)
    spans = sorted((place - size / 2, place + size / 2) for place, size in zip(placed, sizes, strict=True))
    assert all(above[1] <= below[0] + 1e-6 for above, below in pairwise(spans))
    assert spans[0][0] >= -1e-6
    if sum(sizes) <= 400:
        assert spans[-1][1] <= 400 + 1e-6


def test_names_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([50, 100, 200], [20, 20, 20], 0, 400) == [50, 100, 200]


def test_names_keep_the_order_of_their_lines() -> None:
    placed = spread([100, 98, 102], [20, 20, 20], 0, 400)
    assert placed[1] < placed[0] < placed[2]


@given(st.integers(2, 80), st.integers(0, 600), st.floats(0.3, 40))
def test_a_band_is_cut_where_pixels_begin_and_keeps_its_shape(count: int, start: int, step: float) -> None:
    xs = start / 10 + step * np.arange(count, dtype=np.float64)
    low = np.sin(xs)
    shape = np.array([xs, low, low + 5], dtype=np.float64)
    parts = list(_slices(shape))
    assert parts[0][0, 0] == xs[0]
    assert parts[-1][0, -1] == xs[-1]
    for before, after in pairwise(parts):
        assert np.array_equal(before[:, -1], after[:, 0])
        assert before[0, -1] % 1 == 0
    corners = {float(x) for part in parts for x in part[0]}
    assert set(xs.tolist()) <= corners
    joined = np.hstack(parts)
    assert np.allclose(joined[1], np.interp(joined[0], xs, low))


@pytest.mark.parametrize("device", ["picture", "page"])
def test_a_band_looks_the_same_in_slices_and_whole(qapp: QApplication, device: str) -> None:
    xs = np.linspace(3.3, 190.0, 40)
    low = 60 + 30 * np.sin(xs / 9)
    image = QImage(200, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if device == "picture":
        draw_band(painter, xs, low, low + 20, QColor("#2F4FD0"))
    else:
        sheet = QPicture()
        writer = QPainter(sheet)
        draw_band(writer, xs, low, low + 20, QColor("#2F4FD0"))
        writer.end()
        painter.drawPicture(0, 0, sheet)
    painter.end()
    middle = [image.pixelColor(x, round(float(np.interp(x, xs, low))) + 10) for x in range(5, 189)]
    assert {shade.name() for shade in middle} == {"#2f4fd0"}
    assert image.pixelColor(100, 5) == QColor("white")


def test_a_quick_band_fills_the_same_days_and_leaves_the_same_gaps(qapp: QApplication) -> None:
    xs, low, high = np.arange(0.0, 100, 5), np.full(20, 30.0), np.full(20, 10.0)
    low[8:10] = NAN
    pictures: list[QImage] = []
    for quick in (False, True):
        image = QImage(100, 40, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        draw_band(painter, xs, low, high, QColor("black"), quick=quick)
        painter.end()
        pictures.append(image)
    for x in (3, 20, 34, 60, 90):
        assert {picture.pixelColor(x, 20).name() for picture in pictures} == {"#000000"}
    for picture in pictures:
        assert picture.pixelColor(42, 20).name() == "#ffffff"
        assert picture.pixelColor(20, 4).name() == "#ffffff"
