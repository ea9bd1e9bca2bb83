"""Layouts from right to left around phrases that are still English.

Qt mirrors layouts, menus and scroll bars by itself. It also takes every text for one that is written from
right to left, and puts the digits of '5 tickets' behind it; and what we paint ourselves starts from the left.
So windows are mirrored, not the application: painters keep the direction of the language. Each widget that
stands for one phrase keeps it too, and its text moves to the other side.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

_OWN = "convergedesk."
_DONE = "keepsDirection"
_MIRRORED = (QAbstractScrollArea, QTabBar, QMenu, QLineEdit)


def mirror(app: QApplication) -> QObject:
    """Lay out windows from right to left from now on; returns what does it, for `unmirror`."""
    mirrored = _Mirrored(app)
    app.installEventFilter(mirrored)
    return mirrored


def unmirror(app: QApplication, mirrored: QObject) -> None:
    """Lay out windows that are made from now on from left to right again."""
    app.removeEventFilter(mirrored)
    mirrored.deleteLater()


class _Mirrored(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish and isinstance(watched, QWidget):
            if watched.isWindow():
                watched.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            else:
                _keep(watched)
        return False


def _keep(widget: QWidget) -> None:
    if widget.property(_DONE) or not _is_phrase(widget):
        return
    widget.setProperty(_DONE, True)
    widget.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    if isinstance(widget, QLabel):
        widget.setAlignment(_flipped(widget.alignment()))


def _is_phrase(widget: QWidget) -> bool:
    if isinstance(widget, QGraphicsView):
        # Time runs from left to right everywhere.
        return True
    if widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        return False
    ours = type(widget).__module__.startswith(_OWN) or isinstance(widget, QLabel | QAbstractButton)
    return ours and widget.layout() is None and not widget.isWindow() and not isinstance(widget, _MIRRORED)


def _flipped(alignment: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    if alignment & right:
        return (alignment & ~right) | left
    if alignment & (Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignJustify):
        return alignment
    return (alignment & ~left) | right
