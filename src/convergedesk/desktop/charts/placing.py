"""Where words go in a picture that has no legend: on free ground."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

_MARGIN = 3.0


def free_box(
    boxes: Iterable[QRectF], area: QRectF, taken: Sequence[QRectF], ink: NDArray[np.float64]
) -> QRectF | None:
    """The first of the boxes that covers least of what is drawn; None where none is free of other words.

    Args:
        boxes: Places in the order of preference.
        area: What they must lie in.
        taken: Words that are there already.
        ink: Points that lines run through. Shape (n, 2).
    """
    best, least = None, math.inf
    for box in boxes:
        if least == 0:
            break
        if area.contains(box) and not any(box.intersects(other) for other in taken):
            covered = _covered(ink, box)
            if covered < least:
                best, least = box, covered
    return best


def along(xs: NDArray[np.float64], ys: NDArray[np.float64], step: float = 4.0) -> NDArray[np.float64]:
    """Points on a line, about `step` pixels apart, for `free_box`; gaps are bridged. Shape (m, 2)."""
    known = np.isfinite(xs) & np.isfinite(ys)
    xs, ys = xs[known], ys[known]
    if len(xs) < 2:
        return np.column_stack((xs, ys))
    lengths = np.hypot(np.diff(xs), np.diff(ys))
    at = np.concatenate(([0.0], np.cumsum(lengths)))
    steps = np.linspace(0.0, at[-1], max(2, int(at[-1] / step)))
    return np.column_stack((np.interp(steps, at, xs), np.interp(steps, at, ys)))


def _covered(ink: NDArray[np.float64], box: QRectF) -> int:
    wide = box.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    xs, ys = ink[:, 0], ink[:, 1]
    inside = (xs >= wide.left()) & (xs <= wide.right()) & (ys >= wide.top()) & (ys <= wide.bottom())
    return int(inside.sum())
