"""What failed last, in one line above the step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.faults import details_of, sentence_of
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import Label


class FaultLine(QWidget):
    """The sentence and the way out; technical details go to the clipboard on request."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until something fails."""
        super().__init__(parent)
        self._details = ""
        sign = StatusText("", "critical", "warning-octagon")
        sign.setFixedWidth(sign.sizeHint().width())
        self.sentence = Label("", Role.MEDIUM, "critical", wrap=True, selectable=True)
        self._copy = Button("Copy details", "link", small=True)
        self._copy.clicked.connect(self._on_copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.sentence, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_fault(self, fault: Exception | None) -> None:
        """Say what failed, or hide."""
        self.setVisible(fault is not None)
        if fault is not None:
            self._details = details_of(fault)
            self.sentence.setText(sentence_of(fault))
            self._copy.setText("Copy details")

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._copy.setText("Copied")
