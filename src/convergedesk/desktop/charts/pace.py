"""Whether there is time for full quality while a chart moves under the hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

SETTLES_AFTER_MS = 120
_MOST_MS = 9.0


class Pace(QObject):
    """Knows if the chart moves, and how long it last took to paint in full quality.

    A chart that is quick enough looks the same in motion and at rest. One that is not is painted
    more simply until it has rested for a moment.

    Signals:
        settled: The motion is over; paint again.
    """

    settled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._full_ms = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLES_AFTER_MS)
        self._rest.timeout.connect(self.settled)

    @property
    def hurried(self) -> bool:
        """True while full quality would make the motion jerk."""
        return self._rest.isActive() and self._full_ms > _MOST_MS

    def move(self) -> None:
        """Note that a hand moves the chart."""
        self._rest.start()

    @contextmanager
    def painting(self) -> Iterator[bool]:
        """Measure a painting; gives `hurried`."""
        hurried = self.hurried
        began = perf_counter()
        yield hurried
        if not hurried:
            self._full_ms = 1000 * (perf_counter() - began)
