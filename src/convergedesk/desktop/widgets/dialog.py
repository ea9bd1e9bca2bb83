"""Dialogs: a sheet over the darkened window. They live inside the window and never block it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.card import Separator, paint_sheet
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scrim import Scrim

_RADIUS = 12
_WIDTH = 640
_FROM_TOP = 96
_MARGIN = 24
_PADDING = 24


class Dialog(QWidget):
    """A titled sheet with content and a row of buttons.

    Attributes:
        body: Where the content goes.
        footer: The row of buttons; `add_button` appends to it.
    """

    accepted = Signal()
    rejected = Signal()

    def __init__(self, parent: QWidget, title: str, *, width: int = _WIDTH) -> None:
        """`parent` is any widget of the window to cover. Show it with `open`."""
        self._scrim = Scrim(parent.window())
        super().__init__(self._scrim)
        self._scrim.hide()
        self._scrim.dismissed.connect(self.reject)
        self._scrim.installEventFilter(self)
        self._width = width
        self._done = False
        self.setAccessibleName(title)
        close = IconButton("x", "Close")
        close.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.setContentsMargins(_PADDING, 14, 14, 6)
        self._title = Label(title, Role.FIGURE, wrap=True)
        head.addWidget(self._title, 1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(_PADDING, 4, _PADDING, 16)
        self.body.setSpacing(12)
        self.footer = QHBoxLayout()
        self.footer.setContentsMargins(_PADDING, 12, _PADDING, 14)
        self.footer.setSpacing(8)
        self.footer.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 2)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self.body, 1)
        column.addWidget(Separator())
        column.addLayout(self.footer)
        self._column = column
        head.addWidget(close)
        self._close = close

    def set_title(self, title: str) -> None:
        """Say otherwise what the dialog is about."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def add_button(self, text: str, variant: str = "secondary", *, icon: str = "") -> Button:
        """Append a button to the footer; the primary one comes last and answers Ctrl Enter."""
        button = Button(text, variant, icon=icon)
        if variant == "primary":
            button.setShortcut("Ctrl+Return")
        self.footer.addWidget(button)
        return button

    def open(self, focus: QWidget | None = None) -> None:
        """Show the dialog with the keyboard in `focus`, or in its first field."""
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        self._place()
        self._order_tabs()
        if focus is not None:
            focus.setFocus()
        else:
            self._scrim.focus_first()

    @Slot()
    def accept(self) -> None:
        """Close, having done what the dialog is for."""
        if self._leave():
            self.accepted.emit()

    @Slot()
    def reject(self) -> None:
        """Close without doing anything."""
        if self._leave():
            self.rejected.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and not self._done:
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and not self._done:
            self._place()
        return handled

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_sheet(QPainter(self), QRectF(self.rect()), _RADIUS, outline="line_strong")

    def _place(self) -> None:
        room = self._scrim.size()
        width = min(theme().px(self._width), room.width() - 2 * _MARGIN)
        wanted = self._column.totalHeightForWidth(width)
        if wanted < 0:
            wanted = self.sizeHint().height()
        height = min(wanted, room.height() - 2 * _MARGIN)
        top = max(_MARGIN, min(_FROM_TOP, (room.height() - height) // 2))
        self.setGeometry((room.width() - width) // 2, top, width, height)

    def _order_tabs(self) -> None:
        """The close button comes last, so that a dialog opens on its first field."""
        chain: list[QWidget] = [self._close]
        widget = self._close.nextInFocusChain()
        while widget is not None and widget is not self._close:
            if self.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                chain.append(widget)
            widget = widget.nextInFocusChain()
        for earlier, later in pairwise([*chain[1:], self._close]):
            QWidget.setTabOrder(earlier, later)

    def _leave(self) -> bool:
        if self._done:
            return False
        self._done = True
        self._scrim.leave()
        return True


def confirmation(
    parent: QWidget, title: str, sentence: str, verb: str, *, destructive: bool = False
) -> Dialog:
    """A dialog that asks before doing; `accepted` is emitted when the person says the verb."""
    dialog = Dialog(parent, title, width=440)
    dialog.body.addWidget(Label(sentence, Role.BODY, "text_2", wrap=True))
    cancel = dialog.add_button("Cancel", "quiet")
    cancel.clicked.connect(dialog.reject)
    confirm = dialog.add_button(verb, "destructive" if destructive else "primary")
    confirm.clicked.connect(dialog.accept)
    return dialog
