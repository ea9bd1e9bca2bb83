"""Looks for garbage on the GUI thread, between two events.

Left to itself Python looks whenever enough objects were made: on a thread that reads, or in the
midst of painting. What it finds may be windows, and those must be destroyed by their own thread
and never while another is being painted.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 2000


class GarbageCollection(QObject):
    """Takes the place of Python's own occasions for garbage collection."""

    def __init__(self, parent: QObject) -> None:
        """From here on nothing is collected until `start`."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    @Slot()
    def start(self) -> None:
        """Begin; calling it again does nothing."""
        if not self._timer.isActive():
            # What stands now mostly stays; later searches need not walk through it.
            gc.freeze()
            self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Look through the oldest generation that is due, by Python's own thresholds."""
        due = [
            at
            for at, (made, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if made > most
        ]
        if due:
            gc.collect(due[-1])
