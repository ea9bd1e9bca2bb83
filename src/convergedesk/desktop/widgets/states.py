"""What stands where there is no content: nothing yet, a fault, or still loading."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import Label

_ICON = 24
_SKELETON_AFTER_MS = 300
_COPIED_FOR_MS = 2000
_TEXT_WIDTH = 420


class _Icon(QWidget):
    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self.name = name
        self._tone = tone
        self.setFixedSize(_ICON, _ICON)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(self.rect()), self.name, color(self._tone))


class _Centred(QWidget):
    """Icon, title, sentence and a row of buttons, in the middle of whatever room there is."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self._icon = _Icon(icon, tone)
        self._title = Label("", Role.STRONG)
        self._sentence = Label("", Role.LABEL, "text_3", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMaximumWidth(_TEXT_WIDTH)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._sentence, 100)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(6)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addLayout(self.buttons)
        centred.addStretch(1)
        column.addLayout(centred)
        column.addStretch(1)

    def _say(self, title: str, sentence: str) -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{title}. {sentence}")


class EmptyState(_Centred):
    """Nothing here yet: an icon, one sentence, one action."""

    action_clicked = Signal()

    def __init__(self, icon: str, title: str, sentence: str = "", action: str = "") -> None:
        """`action` is the text of the one primary button; empty for none."""
        super().__init__(icon, "text_3")
        self._action = Button(action, "primary")
        self._action.clicked.connect(self.action_clicked)
        self.buttons.addWidget(self._action)
        # A button that belongs to nothing yet would come up as a window of its own.
        self._action.setVisible(bool(action))
        self._say(title, sentence)

    def set_empty(self, title: str, sentence: str = "", action: str = "") -> None:
        """Say something else."""
        self._say(title, sentence)
        self._action.setText(action)
        self._action.setVisible(bool(action))


class ErrorState(_Centred):
    """Something failed: what, what still works, one fix, and the details for whoever can use them."""

    fix_clicked = Signal()

    def __init__(
        self, failed: str, works: str = "", *, fix: str = "", fix_icon: str = "", details: str = ""
    ) -> None:
        """`fix` is the text of a button; `details` go to the clipboard and are never shown."""
        super().__init__("warning-octagon", "critical")
        self._details = ""
        self._fix = Button("", icon=fix_icon)
        self._fix.clicked.connect(self.fix_clicked)
        self._copy = Button("Copy details", "quiet")
        self._copy.clicked.connect(self._on_copy)
        self._restore = QTimer(self, interval=_COPIED_FOR_MS, singleShot=True)
        self._restore.timeout.connect(self._on_restore)
        self.buttons.addWidget(self._fix)
        self.buttons.addWidget(self._copy)
        self.set_error(failed, works, fix=fix, details=details)

    def set_error(self, failed: str, works: str = "", *, fix: str = "", details: str = "") -> None:
        """Say what failed, and what still works."""
        self._say(failed, works)
        self._details = details
        self._fix.setText(fix)
        self._fix.setVisible(bool(fix))
        self._copy.setVisible(bool(details))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._copy.setText("Copied")
        self._restore.start()

    @Slot()
    def _on_restore(self) -> None:
        self._copy.setText("Copy details")


class Loading(QStackedWidget):
    """Shows content, a skeleton while it is fetched, or what stands in its place.

    While old content is on screen it stays there; the skeleton is for the first time, and comes
    only when fetching takes longer than 300 ms.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        """Show nothing until `start` or `finish`."""
        super().__init__(parent)
        self._content = content
        self._skeleton: QWidget | None = None
        self._other: QWidget | None = None
        self._has_content = False
        self._timer = QTimer(self, interval=_SKELETON_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._on_slow)
        for widget in (QWidget(), content):
            self.addWidget(widget)

    def clear(self) -> None:
        """The content is of something else now: show nothing until `start` or `finish`."""
        self._timer.stop()
        self._has_content = False
        self._drop_other()
        self.setCurrentIndex(0)

    def start(self, waited_ms: int = 0) -> None:
        """Fetching began, `waited_ms` ago."""
        if not self._has_content:
            self._timer.start(_SKELETON_AFTER_MS - waited_ms)

    def finish(self) -> None:
        """The content is there."""
        self._timer.stop()
        self._has_content = True
        self._drop_other()
        self.setCurrentWidget(self._content)

    def show_instead(self, state: QWidget) -> None:
        """Show an `EmptyState` or `ErrorState` in place of the content; it is owned from here on."""
        self._timer.stop()
        self._has_content = False
        self._drop_other()
        self._other = state
        self.addWidget(state)
        self.setCurrentWidget(state)

    def _drop_other(self) -> None:
        if self._other is not None:
            self.removeWidget(self._other)
            self._other.deleteLater()
            self._other = None

    @Slot()
    def _on_slow(self) -> None:
        if self._skeleton is None:
            # Rarely needed, so it is neither loaded nor made before.
            from convergedesk.desktop.widgets.skeleton import Skeleton

            self._skeleton = Skeleton(self._content)
            self.addWidget(self._skeleton)
        self.setCurrentWidget(self._skeleton)
