"""Looks a workspace over, says what was found, and offers to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.pages.settings.view_model import SettingsViewModel
    from convergedesk.store.doctor import Finding

_ICON = 16


class CheckDialog(Dialog):
    """One line per finding; those that want something done come first."""

    def __init__(self, parent: QWidget, model: SettingsViewModel) -> None:
        super().__init__(parent, "Check this workspace", width=600)
        self._model = model
        self._findings: tuple[Finding, ...] = ()
        self._head = Label("Reading every page of the file…", Role.BODY, "text_2", wrap=True)
        self.body.addWidget(self._head)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addLayout(self._list)
        self._copy = self.add_button("Copy", "quiet", icon="copy")
        self._copy.clicked.connect(self._on_copy)
        self.mend = self.add_button("Mend and tidy up", icon="magic-wand")
        self.mend.clicked.connect(self._on_mend)
        close = self.add_button("Close", "primary")
        close.clicked.connect(self.accept)
        for button in (self._copy, self.mend):
            button.setEnabled(False)
        model.check(self.show_findings)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show what was found."""
        self._findings = findings
        amiss = [one for one in findings if not one.ok]
        self._head.setText(f"{count(len(amiss), 'thing')} to look at." if amiss else "All is well.")
        for finding in sorted(findings, key=lambda one: one.ok):
            self._list.addWidget(_Line(finding))
        for button in (self._copy, self.mend):
            button.setEnabled(True)

    @Slot()
    def _on_copy(self) -> None:
        lines = [f"{'ok' if one.ok else 'LOOK'}\t{one.sentence} {one.fix}".rstrip() for one in self._findings]
        QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot()
    def _on_mend(self) -> None:
        self.accept()
        self._model.mend(self._findings)


class _Line(QWidget):
    def __init__(self, finding: Finding) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(finding.sentence, Role.BODY, "text" if finding.ok else "warning", wrap=True))
        if finding.fix and not finding.ok:
            words.addWidget(Label(finding.fix, Role.LABEL, "text_2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(_Sign(ok=finding.ok), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


class _Sign(QWidget):
    def __init__(self, *, ok: bool) -> None:
        super().__init__()
        self._ok = ok
        self.setFixedSize(_ICON, _ICON + 2)
        self.setAccessibleName("Well" if ok else "To look at")

    def paintEvent(self, event: QPaintEvent) -> None:
        name, tone = ("check-circle", "good") if self._ok else ("warning", "warning")
        paint_icon(QPainter(self), QRectF(0, 2, _ICON, _ICON), name, color(tone))
