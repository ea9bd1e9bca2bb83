"""Chooses the request that another one is counted with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, Select
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.feedback import Request

_SAID = (
    "Both are shown as one, and what customers said counts together. Nothing is moved, so that they can be "
    "split again."
)


class MergeDialog(Dialog):
    """Emits `chosen` with the id of the request that stays."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, request: Request, others: Sequence[Request]) -> None:
        """`request` is to be merged into one of `others`."""
        super().__init__(parent, f"Merge “{request.title}”", width=520)
        self.body.addWidget(Label(_SAID, Role.BODY, "text_2", wrap=True))
        self.other = Select([(one.id, one.title) for one in others])
        self.body.addWidget(FormRow("&Into", self.other))
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.merge = self.add_button("Merge", "primary")
        self.merge.setEnabled(bool(others))
        self.merge.clicked.connect(self._on_merge)

    @Slot()
    def _on_merge(self) -> None:
        wanted = self.other.value()
        self.accept()
        self.chosen.emit(wanted)
