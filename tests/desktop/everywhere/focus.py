"""Whether one sees what has the keyboard, and whether Tab reaches everything and gets out again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QButtonGroup, QTableView, QWidget

from convergedesk.desktop.widgets.scrim import Scrim
from tests.desktop.everywhere.layout import named

_AROUND = 6
_MOST_STEPS = 3000


class FocusLook:
    """Looks at each kind of control once: a kind is its class with its variant."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()

    def __call__(self, window: QWidget) -> list[str]:
        """What shows nothing when it gets the keyboard."""
        window.activateWindow()
        found: list[str] = []
        for widget in reachable(window):
            kind = (type(widget).__name__, str(widget.property("variant")))
            if kind not in self._seen and _in_sight(widget, window):
                self._seen.add(kind)
                found += _unseen(widget, window)
        return found


def reachable(window: QWidget) -> list[QWidget]:
    """What Tab should reach: under a dialog nothing but the dialog's."""
    scrims = [one for one in window.findChildren(Scrim) if one.isVisible()]
    root: QWidget = scrims[-1] if scrims else window
    return [one for one in root.findChildren(QWidget) if _takes_tab(one)]


def tab_findings(window: QWidget) -> list[str]:
    """What Tab does not reach, or cannot leave."""
    window.activateWindow()
    wanted = reachable(window)
    if not wanted:
        return []
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    for _ in range(_MOST_STEPS):
        focused = QApplication.focusWidget()
        if focused is None or (visited and focused is visited[0]):
            break
        if visited and focused is visited[-1]:
            return [f"Tab cannot leave: {named(focused)}"]
        visited.append(focused)
        # As the window does for the Tab key.
        owner = next((one for one in _with_parents(focused) if isinstance(one, Scrim)), window)
        if not owner.focusNextPrevChild(True):
            break
    missed = [one for one in wanted if one not in visited and not _one_of_several(one, visited)]
    return [f"Tab does not reach: {named(one)}" for one in missed]


def _one_of_several(widget: QWidget, visited: list[QWidget]) -> bool:
    """Radio buttons of one group are one stop: arrow keys go among them."""
    group = getattr(widget, "group", None)
    buttons = group() if callable(group) else None
    return isinstance(buttons, QButtonGroup) and any(one in visited for one in buttons.buttons())


def _takes_tab(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    inner = isinstance(widget.parentWidget(), QAbstractScrollArea)
    return by_tab and widget.isVisible() and widget.isEnabled() and not inner


def _with_parents(widget: QWidget) -> list[QWidget]:
    found = [widget]
    while (parent := found[-1].parentWidget()) is not None:
        found.append(parent)
    return found


def _in_sight(widget: QWidget, window: QWidget) -> bool:
    if isinstance(widget, QTableView) and not widget.model().rowCount():
        # Its sentence stands in place of rows; there is none to be on.
        return False
    # The words of the tour may lie over it for a moment.
    top = window.childAt(widget.mapTo(window, widget.rect().center()))
    uncovered = top is not None and (top is widget or widget.isAncestorOf(top))
    return uncovered and not widget.visibleRegion().isEmpty() and min(widget.width(), widget.height()) > 8


def _unseen(widget: QWidget, window: QWidget) -> list[str]:
    place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
    area = place.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND).intersected(window.rect())
    window.setFocus()
    before = _grab(window, area)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    after = _grab(window, area)
    if QApplication.focusWidget() is not widget and widget.focusProxy() is None:
        return [f"does not take the keyboard: {named(widget)}"]
    return [f"shows no focus: {named(widget)}"] if before == after else []


def _grab(window: QWidget, area: QRect) -> QImage:
    QCoreApplication.processEvents()
    return window.grab(area).toImage()
