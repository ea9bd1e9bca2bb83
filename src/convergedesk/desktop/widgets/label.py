"""Text on screen: plain labels, labels that shorten themselves, and lines of mixed type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font


class Label(QLabel):
    """Plain text in a role and a tone. Markup in the text is shown, never interpreted."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        tone: str = "text",
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`tone` is a text token: text, text_2, text_3, accent_text, good, warning, critical."""
        super().__init__(text, parent)
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_role(self, role: Role) -> None:
        """Change the size and weight."""
        self._role = role
        self.setFont(font(role))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and self.font() != font(self._role):
            self.setFont(font(self._role))
        super().changeEvent(event)


class ElidedLabel(Label):
    """One line that shortens itself with an ellipsis; the tooltip then holds the whole text."""

    def __init__(
        self, text: str = "", role: Role = Role.BODY, tone: str = "text", parent: QWidget | None = None
    ) -> None:
        """See `Label`."""
        super().__init__(text, role, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("M…"), super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._explain()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(color(self.property("tone")))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)

    def _explain(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if cut else "")


class Run(NamedTuple):
    """A piece of a line, with `gap` pixels before it."""

    text: str
    role: Role = Role.BODY
    tone: str = "text_2"
    gap: int = 0


class RunsLabel(QLabel):
    """One line of several roles and tones on a common baseline; shortened at the end."""

    def __init__(self, runs: Sequence[Run] = (), parent: QWidget | None = None) -> None:
        """Show the runs."""
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.set_runs(runs)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Replace the line."""
        self._runs = tuple(runs)
        self.setText(" ".join(run.text for run in runs))
        self._explain()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = sum(run.gap + QFontMetricsF(font(run.role)).horizontalAdvance(run.text) for run in self._runs)
        height = max((QFontMetrics(font(run.role)).height() for run in self._runs), default=0)
        return QSize(round(width + 0.99), height + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._runs:
            return
        painter = QPainter(self)
        tallest = max((QFontMetricsF(font(run.role)) for run in self._runs), key=QFontMetricsF.ascent)
        baseline = round((self.height() + tallest.ascent() - tallest.descent()) / 2)
        x = 0.0
        if self.alignment() & Qt.AlignmentFlag.AlignRight:
            x = max(0.0, self.width() - self.sizeHint().width())
        for run in self._runs:
            x += run.gap
            metrics = QFontMetricsF(font(run.role))
            text = metrics.elidedText(run.text, Qt.TextElideMode.ElideRight, self.width() - x + 1)
            painter.setFont(font(run.role))
            painter.setPen(color(run.tone))
            painter.drawText(QPointF(x, baseline), text)
            x += metrics.horizontalAdvance(text)

    def _explain(self) -> None:
        self.setToolTip(self.text() if self.sizeHint().width() > self.width() else "")
