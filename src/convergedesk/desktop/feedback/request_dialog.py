"""States what customers ask for, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QWidget

from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.feedback import Request, RequestStatus
from convergedesk.figures.feedback_words import STATUS_WORDS
from convergedesk.workspace.feedback import RequestDraft

_ANSWERS = {
    RequestStatus.OPEN: "Such as: under review",
    RequestStatus.PLANNED: "Such as: for the first quarter",
    RequestStatus.SHIPPED: "Such as: with version 26.3",
    RequestStatus.DECLINED: "The reason that was told, such as: single sign-on covers it",
}


class RequestDialog(KeepingDialog):
    """Emits `submitted` with a `RequestDraft`; whoever saves it calls `accept` or `show_failure`."""

    submitted = Signal(object)

    def __init__(
        self, parent: QWidget, features: Sequence[str], request: Request | None = None, *, title: str = ""
    ) -> None:
        """`request` is edited; a new one begins with `title`, and with a feature of that name."""
        super().__init__(
            parent,
            "New request" if request is None else "Edit request",
            save="Add request" if request is None else "Save request",
            width=560,
        )
        feature = "" if request is None or request.feature is None else request.feature.name
        self.title_field = TextField("Such as: Retry policy per destination")
        self.title_field.setText(title if request is None else request.title)
        self.feature = TextField("Such as: Retries", title if request is None else feature)
        completer = QCompleter(list(features), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.feature.setCompleter(completer)
        self.status = SegmentedControl(tuple(STATUS_WORDS.items()))
        self.answer = TextField("", "" if request is None else request.answer)
        self._title_row = FormRow("What they &ask for", self.title_field)
        feature_row = FormRow("&Feature", self.feature, "Tickets tagged with it stand beside the votes.")
        status_row = FormRow("&Status", self.status)
        answer_row = FormRow("What they were &told", self.answer)
        for row in (self._title_row, feature_row, status_row, answer_row):
            self.fields.addWidget(row)
        self.status.value_changed.connect(self._on_status)
        if request is not None:
            self.status.set_value(request.status)
        self._on_status()
        self.begin()

    def form(self) -> RequestDraft:
        """The fields as they stand."""
        status = cast("RequestStatus", self.status.value())
        return RequestDraft(self.title_field.text(), self.feature.text(), status, self.answer.text())

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        missing = "" if self.title_field.text().strip() else "Say what they ask for."
        self._title_row.set_fault(missing)
        if missing:
            self.title_field.setFocus()
            return False
        self.submitted.emit(self.form())
        return True

    @Slot()
    def _on_status(self) -> None:
        self.answer.setPlaceholderText(_ANSWERS[cast("RequestStatus", self.status.value())])
