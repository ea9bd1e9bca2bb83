"""The map from days and values to pixels that all painters of charts share."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF


class Frame(NamedTuple):
    """The plotting area and what its edges stand for.

    Attributes:
        rect: The area in pixels.
        first: Day (ordinal) at its left edge.
        last: Day at its right edge.
        low: Value at its bottom.
        high: Value at its top.
    """

    rect: QRectF
    first: float
    last: float
    low: float
    high: float

    def x(self, day: float) -> float:
        """Pixels of a day."""
        return self.rect.left() + (day - self.first) * self.rect.width() / (self.last - self.first)

    def y(self, value: float) -> float:
        """Pixels of a value."""
        return self.rect.bottom() - (value - self.low) * self.rect.height() / (self.high - self.low)

    def xs(self, days: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pixels of many days."""
        return self.rect.left() + (days - self.first) * (self.rect.width() / (self.last - self.first))

    def ys(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pixels of many values; NaN stays NaN."""
        return self.rect.bottom() - (values - self.low) * (self.rect.height() / (self.high - self.low))

    def day(self, x: float) -> float:
        """The place on the day axis under a pixel."""
        return self.first + (x - self.rect.left()) * (self.last - self.first) / self.rect.width()
