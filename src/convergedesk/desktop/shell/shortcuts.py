"""The keys of the window, and the sheet that lists them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.key_hint import KeyHint
from convergedesk.desktop.widgets.label import Label

_WIDTH = 720


class Key(NamedTuple):
    """A key as the sheet shows it: 'Ctrl Shift D', and what it does."""

    keys: str
    does: str


class KeyGroup(NamedTuple):
    """Keys that belong together."""

    title: str
    keys: Sequence[Key]


EVERYWHERE = KeyGroup(
    "Everywhere",
    (
        Key("Ctrl K", "Search or run a command"),
        Key("Ctrl L", "Log a check-in"),
        Key("Ctrl Z", "Undo the last edit"),
        Key("Ctrl Shift Z", "Do it again"),
        Key("Ctrl Y", "Do it again, too"),
        Key("Ctrl Enter", "Save, or do what the dialog asks"),
        Key("Ctrl E", "Export what the page lists"),
        Key("F6", "Next part of the window"),
        Key("Shift F6", "The part before"),
        Key("Alt ←", "Back to where you were"),
        Key("Alt →", "Forward again"),
        Key("Ctrl F", "Find on this page"),
        Key("W", "Why? What stands behind the figure in focus"),
        Key("Ctrl Shift D", "Light or dark"),
        Key("Ctrl Shift L", "Lock now"),
        Key("Esc", "Close what is open"),
        Key("F1", "What this page means"),
        Key("?", "These keys"),
    ),
)
IN_TABLES = KeyGroup(
    "In tables",
    (
        Key("↑ ↓", "Move"),
        Key("Enter", "Open"),
        Key("Home End", "First or last row"),
        Key("Alt W", "Why? The figures of this row"),
        Key("Shift ← →", "Sort by another column"),
        Key("Shift ↑ ↓", "Sort up or down"),
    ),
)
IN_GOALS = KeyGroup(
    "In goals and edits",
    (
        Key("Enter", "Open a goal, or restore what was deleted"),
        Key("Ctrl R", "Record a goal's value"),
        Key("Del", "Delete a goal"),
        Key("Menu", "What else can be done with it"),
    ),
)
IN_ALERTS = KeyGroup(
    "In alerts",
    (
        Key("J K", "Next alert, or the one before"),
        Key("S", "Snooze what is chosen"),
        Key("E", "Mark it as expected"),
        Key("D", "Mark it as done"),
        Key("Shift ↑ ↓", "Choose several"),
    ),
)
IN_OPPORTUNITIES = KeyGroup(
    "In opportunities and feedback",
    (
        Key("Ctrl T", "Take an opening up as an action"),
        Key("Ctrl N", "Not now; or add feedback to a request"),
        Key("Del", "Dismiss an opening, or delete a request"),
    ),
)
IN_CHARTS = KeyGroup(
    "In charts",
    (
        Key("← →", "Move along the days"),
        Key("+ −", "Closer or further"),
        Key("0", "Back to the whole"),
        Key("Ctrl ← →", "Read day by day"),
        Key(", .", "Step through tickets"),
    ),
)


def add_shortcut(window: QWidget, keys: str, slot: Callable[[], object]) -> QShortcut:
    """Call `slot` on a key anywhere in the window. `slot` is a bound method of a QObject."""
    shortcut = QShortcut(QKeySequence(keys), window)
    shortcut.activated.connect(slot)
    return shortcut


def shortcuts_sheet(parent: QWidget, groups: Sequence[KeyGroup]) -> Dialog:
    """The list of keys, two groups side by side; it scrolls where the window is too low."""
    from convergedesk.desktop.widgets.keeping_dialog import FormScroll

    dialog = Dialog(parent, "Keys", width=theme().px(_WIDTH))
    content = QWidget()
    grid = QGridLayout(content)
    grid.setContentsMargins(0, 0, 12, 0)
    grid.setHorizontalSpacing(32)
    grid.setVerticalSpacing(16)
    for number, group in enumerate(groups):
        grid.addWidget(_group(group), number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(number % 2, 1)
    scroll = FormScroll(content)
    scroll.scroll_by_keys("All keys")
    dialog.body.addWidget(scroll, 1)
    close = dialog.add_button("Close", "primary")
    close.clicked.connect(dialog.accept)
    return dialog


def _group(group: KeyGroup) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(6)
    grid.addWidget(Label(group.title, Role.LABEL_MEDIUM, "text_3"), 0, 0, 1, 2)
    for row, key in enumerate(group.keys, start=1):
        grid.addWidget(Label(key.does, Role.BODY, "text_2", wrap=True), row, 0)
        hints = QHBoxLayout()
        hints.setSpacing(4)
        hints.addStretch(1)
        for name in key.keys.split():
            hints.addWidget(KeyHint(name))
        grid.addLayout(hints, row, 1)
    grid.setColumnStretch(0, 1)
    return widget
