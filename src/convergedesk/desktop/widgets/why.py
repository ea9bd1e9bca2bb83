"""'Why?': what stands behind a figure, in a dialog whose text can be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.theme import Role, give_focus_ring
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.effect_words import Why

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class WhyDialog(Dialog):
    """Definition, formula with the values put in, days, rows, interval, and how far the data reaches."""

    def __init__(self, parent: QWidget, figure: str, why: Why) -> None:
        """`figure` is the number as it stands on the page."""
        super().__init__(parent, f"Why {figure}?" if figure else why.title, width=560)
        self._text = as_text(figure, why)
        self.body.addWidget(Label(why.definition, Role.BODY, "text_2", wrap=True))
        self.body.addWidget(Label(why.formula, Role.SECTION, wrap=True, selectable=True))
        if why.window:
            self.body.addWidget(Label(why.window, Role.BODY, wrap=True))
        if why.rows:
            self.body.addWidget(KeyValueRows([KeyValue(name, value) for name, value in why.rows]))
        for sentence in (why.interval, why.caution):
            if sentence:
                self.body.addWidget(Label(sentence, Role.BODY, "text_2", wrap=True))
        if why.as_of:
            self.body.addWidget(Label(why.as_of, Role.LABEL, "text_3", wrap=True))
        self.copy = self.add_button("Copy as text", icon="copy")
        self.copy.clicked.connect(self._on_copy)
        done = self.add_button("Done", "primary")
        done.clicked.connect(self.accept)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.copy.setText("Copied")


class WhyTile(KpiTile):
    """A figure that opens its explanation, by mouse and by keyboard.

    Signals:
        why_wanted: The person asks for it.
    """

    why_wanted = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """Nothing can be asked before `set_askable`."""
        super().__init__(label, small=True, parent=parent)
        self._askable = False
        give_focus_ring(self, 6)

    @property
    def askable(self) -> bool:
        """Whether there is an explanation to open."""
        return self._askable

    def set_askable(self, *, askable: bool) -> None:
        """Whether there is an explanation to open."""
        self._askable = askable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if askable else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if askable else Qt.CursorShape.ArrowCursor)
        self.setToolTip("Why? Click to see what stands behind this number." if askable else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._askable and event.button() is Qt.MouseButton.LeftButton:
            event.accept()
            self.why_wanted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Only who takes the press is told of the release.
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._askable and event.key() in _KEYS:
            self.why_wanted.emit()
            return
        super().keyPressEvent(event)


def as_text(figure: str, why: Why) -> str:
    """The explanation as plain text, to be pasted anywhere."""
    rows = [f"{name}: {value}" for name, value in why.rows]
    head = f"{why.title}: {figure}" if figure else why.title
    lines = [head, why.definition, why.formula, why.window, *rows, why.interval, why.caution, why.as_of]
    return "\n".join(line for line in lines if line)
