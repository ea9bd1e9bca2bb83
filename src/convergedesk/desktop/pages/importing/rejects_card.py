"""What would be rejected of a file, and what was answered about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing.words import DATE_ORDERS
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.wording import NARROW_SPACE, count, number

if TYPE_CHECKING:
    from convergedesk.sources.files import FileMapping, Preview

_KEPT = "Rejected rows are kept with their reason. Fix them in the file and import again: nothing is doubled."


class PreviewRejectsCard(Card):
    """How many rows of the file would be rejected, by reason."""

    show_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until there is a preview."""
        super().__init__(parent=parent)
        self._share = Label("", Role.LABEL, "text_3")
        self.add_to_header(self._share)
        self._rows = QWidget()
        self._lines = QVBoxLayout(self._rows)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self._note = Label(_KEPT, Role.LABEL, "text_3", wrap=True)
        self.add(self._rows)
        self.add(self._note)
        self.hide()
        self._shown: Preview | None = None

    def show_preview(self, preview: Preview | None, *, asked: bool) -> None:
        """Show what would be rejected; nothing while a question about the file is open."""
        self.setVisible(preview is not None and not asked)
        if preview is None or asked or preview is self._shown:
            return
        self._shown = preview
        rejected = preview.total_rows - preview.accepted
        self.set_title(f"{count(rejected, 'row')} rejected" if rejected else "No row rejected")
        share = 100 * rejected / preview.total_rows if preview.total_rows else 0.0
        self._share.setText(f"{max(share, 0.1):.1f}{NARROW_SPACE}%" if rejected else "")
        self._note.setVisible(rejected > 0)
        self._rows.setVisible(rejected > 0)
        _clear(self._lines)
        for place, group in enumerate(preview.rejects):
            if place:
                self._lines.addWidget(Separator())
            self._lines.addWidget(self._line(group.count, group.phrase))

    def _line(self, rows: int, phrase: str) -> QWidget:
        widget = QWidget()
        line = QHBoxLayout(widget)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label(number(rows), Role.STRONG), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(Label(phrase, Role.BODY, "text_2", wrap=True), 1)
        show = Button("Show", "link", small=True)
        show.setAccessibleName(f"Show the rows: {phrase}")
        show.clicked.connect(self.show_clicked)
        line.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        return widget


class AnswersCard(Card):
    """What was said or found out about the file; `change_clicked` asks anew."""

    change_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden where nothing was answered."""
        super().__init__("Taken as", link="Change", parent=parent)
        self.link_clicked.connect(self.change_clicked)
        self._rows = KeyValueRows()
        self.add(self._rows)
        self.hide()

    def show_mapping(self, mapping: FileMapping | None) -> None:
        """Show the answers of a file."""
        rows: list[KeyValue] = []
        if mapping is not None and mapping.entity is not None:
            if mapping.date_order is not None and mapping.date_evidence is not None:
                rows.append(KeyValue("Dates", DATE_ORDERS[mapping.date_order.value]))
            if mapping.currency is not None:
                rows.append(KeyValue("Amounts without a currency", mapping.currency))
            if mapping.whole is not None:
                rows.append(KeyValue("The file is", "the whole list" if mapping.whole else "a part"))
        self.setVisible(bool(rows))
        self._rows.set_rows(rows)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
