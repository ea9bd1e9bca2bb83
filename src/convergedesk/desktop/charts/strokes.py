"""Lines from numpy arrays, fast: flat arrays of segments, never a path.

A path with a wide pen is stroked as an outline; separate segments with square caps are filled
directly, which measured five to ten times faster and looks the same at these widths.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPaintEngine, QPainter, QPen, QPolygonF
from shiboken6 import Shiboken

_DOT = 2.2
_SLICE = 16


def line_pen(color: QColor, width: float, *, quick: bool = False) -> QPen:
    """A pen for `draw_segments`; a `quick` one is a pixel of the screen wide and takes half the time."""
    pen = QPen(color, 1.0 if quick else width)
    pen.setCosmetic(quick)
    # Round caps would leave the fast path; square ones close the corners between segments.
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    return pen


def draw_segments(painter: QPainter, segments: NDArray[np.float64]) -> None:
    """Draw lines given as rows of x1, y1, x2, y2. Shape (n, 4)."""
    if len(segments):
        rows = np.ascontiguousarray(segments, dtype=np.float64)
        # A QLineF is four doubles, so that the array is drawn where it lies.
        lines: Any = Shiboken.wrapInstance(rows.ctypes.data, QLineF)
        painter.drawLines(lines, len(rows))


def segments_between(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float64]:
    """Segments from each point to the next where both are known. Shape (m, 4)."""
    segments = np.empty((max(0, len(xs) - 1), 4))
    segments[:, 0], segments[:, 1] = xs[:-1], ys[:-1]
    segments[:, 2], segments[:, 3] = xs[1:], ys[1:]
    known = np.isfinite(ys)
    return segments if known.all() else segments[known[:-1] & known[1:]]


def lone_points(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float64]:
    """Known points whose neighbours are both unknown: no segment would show them. Shape (m, 2)."""
    known = np.isfinite(ys)
    if len(known) > 1 and known.all():
        return np.zeros((0, 2))
    beside = np.zeros_like(known)
    beside[1:] |= known[:-1]
    beside[:-1] |= known[1:]
    lone = known & ~beside
    return np.column_stack((xs[lone], ys[lone]))


def draw_dots(painter: QPainter, points: NDArray[np.float64], color: QColor) -> None:
    """Draw a small disc at each point."""
    if not len(points):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for x, y in points:
        painter.drawEllipse(QPointF(x, y), _DOT, _DOT)


def dashes(segments: NDArray[np.float64], on: float, off: float) -> NDArray[np.float64]:
    """Cut a chain of segments into dashes of `on` pixels with gaps of `off`. Shape (m, 4).

    The pattern runs on from segment to segment, which Qt's own dashes on separate lines do not.
    """
    if not len(segments):
        return segments
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    ends = np.cumsum(lengths)
    starts = ends - lengths
    period = on + off
    first = np.floor(starts / period)
    counts = (np.floor(ends / period) - first + 1).astype(np.int64)
    which = np.repeat(np.arange(len(segments)), counts)
    within = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    begin = (first[which] + within) * period
    a = np.clip(begin, starts[which], ends[which])
    b = np.clip(begin + on, starts[which], ends[which])
    keep = b > a
    which, a, b = which[keep], a[keep], b[keep]
    length = lengths[which]
    share_a = ((a - starts[which]) / length)[:, None]
    share_b = ((b - starts[which]) / length)[:, None]
    from_, to = segments[which, :2], segments[which, 2:]
    return np.hstack((from_ + (to - from_) * share_a, from_ + (to - from_) * share_b))


def draw_band(
    painter: QPainter,
    xs: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    brush: QColor,
    *,
    quick: bool = False,
) -> None:
    """Fill between two lines, apart wherever one of them is unknown. `xs` ascend.

    A `quick` one has jagged edges and takes a fifth of the time.
    """
    if quick:
        _draw_columns(painter, xs, low, high, brush)
        return
    known = np.isfinite(low) & np.isfinite(high)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(np.int8)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(brush))
    engine = painter.paintEngine()
    sliced = engine is not None and engine.type() == QPaintEngine.Type.Raster
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        shape = np.vstack((xs[start:stop], low[start:stop], high[start:stop]))
        for part in _slices(shape) if sliced else (shape,):
            above, below = part[[0, 2]].T, part[[0, 1]].T
            painter.drawPolygon(polygon(np.vstack((above, below[::-1]))))


def _draw_columns(
    painter: QPainter,
    xs: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    brush: QColor,
) -> None:
    """Fill between two lines by an upright stroke in every column of pixels."""
    if not len(xs):
        return
    known = np.isfinite(low) & np.isfinite(high)
    columns = np.arange(math.ceil(xs[0]), math.floor(xs[-1]) + 1, dtype=np.float64) + 0.5
    after = np.clip(np.searchsorted(xs, columns), 1, max(len(xs) - 1, 1))
    inside = known[after - 1] & known[np.minimum(after, len(xs) - 1)]
    columns = columns[inside]
    first, last = (np.interp(columns, xs, np.nan_to_num(edge)) for edge in (low, high))
    painter.setPen(line_pen(brush, 1.0))
    draw_segments(painter, np.column_stack((columns, first, columns, last)))


def _slices(shape: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Cut a band (rows x, low, high) where whole pixels begin, so that no seam shows.

    Qt fills one large polygon in time that grows with the square of its corners: 411 ms for two years of
    days, 22 ms in slices.
    """
    xs = shape[0]
    cuts = np.arange(math.ceil(xs[0] / _SLICE) * _SLICE, xs[-1], _SLICE)
    at = np.searchsorted(xs, cuts)
    between = np.vstack((cuts, np.interp(cuts, xs, shape[1]), np.interp(cuts, xs, shape[2])))
    whole = np.insert(shape, at, between, axis=1)
    places = [0, *(at + np.arange(len(cuts))).tolist(), whole.shape[1] - 1]
    for start, end in pairwise(places):
        yield whole[:, start : end + 1]


def polygon(points: NDArray[np.float64]) -> QPolygonF:
    """Corners as Qt takes them. Shape (n, 2)."""
    shape = QPolygonF()
    shape.resize(len(points))
    # The stub of VoidPtr knows neither size nor writability.
    pointer: Any = Shiboken.VoidPtr
    memory = pointer(cast("Any", shape).data(), points.size * 8, True)
    np.frombuffer(memory, dtype=np.float64).reshape(points.shape)[:] = points
    return shape
