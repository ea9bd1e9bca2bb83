"""In which time zone a file's times are, where they do not say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.phrases import listing
from convergedesk.desktop.theme import Role
from convergedesk.desktop.time_zones import time_zones
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.label import Label


class TimeZoneCard(Card):
    """Taken as UTC until somebody says otherwise; `chosen` brings the name of a zone."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until a file has such times."""
        super().__init__("Which time zone is meant?", parent=parent)
        self._sentence = Label("", Role.LABEL, "text_2", wrap=True)
        self.zone = Select(time_zones())
        self.zone.setAccessibleName("Time zone of times that state none")
        self.zone.value_changed.connect(self._on_chosen)
        self.add(self._sentence)
        self.add(self.zone)
        self.hide()

    def show_columns(self, columns: Sequence[str], zone: str) -> None:
        """Show which columns state no zone, and the zone that they are taken for."""
        self.setVisible(bool(columns))
        names = listing([f"“{name}”" for name in columns])
        self._sentence.setText(f"{names} {'state' if len(columns) > 1 else 'states'} none. Taken as:")
        self.zone.blockSignals(True)
        self.zone.set_value(zone)
        self.zone.blockSignals(False)

    @Slot(object)
    def _on_chosen(self, name: object) -> None:
        self.chosen.emit(str(name))
