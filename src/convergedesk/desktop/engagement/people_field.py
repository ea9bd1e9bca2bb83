"""Who took part: names as chips, completed while typing, new ones taken as they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.fields import TextField
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.desktop.widgets.suggestions import Suggestions, matching


class PeopleField(QWidget):
    """Names of a contact's participants.

    Signals:
        changed: A name was added or taken away.
    """

    changed = Signal()

    def __init__(self, known: Sequence[str], parent: QWidget | None = None) -> None:
        """`known` are the people of the account; any other name is a newcomer."""
        super().__init__(parent)
        self._known = tuple(known)
        self._names: list[str] = []
        self.line = _Line("A name, then Enter", self)
        self.line.setAccessibleName("Who took part")
        self._suggestions: Suggestions | None = None
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder)
        self._holder.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._holder)
        column.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_edited)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self._on_left)
        self.line.emptied.connect(self._on_emptied)

    def names(self) -> tuple[str, ...]:
        """Everybody, with what is still typed in the line."""
        pending = " ".join(self.line.text().split())
        return (*self._names, pending) if pending and pending not in self._names else tuple(self._names)

    def newcomers(self) -> tuple[str, ...]:
        """Those who are not known at the account."""
        known = {name.casefold() for name in self._known}
        return tuple(name for name in self.names() if name.casefold() not in known)

    def set_names(self, names: Sequence[str]) -> None:
        """Show these and nobody else."""
        self._names = list(dict.fromkeys(names))
        self.line.clear()
        self._show()

    def _add(self, name: str) -> None:
        plain = " ".join(name.split()).strip(",; ")
        whole = next((one for one in self._known if one.casefold() == plain.casefold()), plain)
        self.line.clear()
        if whole and whole not in self._names:
            self._names.append(whole)
            self._show()

    def _remove(self, name: str) -> None:
        self._names.remove(name)
        self._show()
        self.line.setFocus()

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        known = {name.casefold() for name in self._known}
        for name in self._names:
            text = name if name.casefold() in known else f"{name} · new"
            chip = Chip(text, checkable=False, removable=True, icon="user")
            chip.setObjectName(name)
            chip.removed.connect(self._on_removed)
            self._flow.addWidget(chip)
            chip.show()
        self._holder.setVisible(bool(self._names))
        self.changed.emit()

    def _list(self) -> Suggestions:
        if self._suggestions is None:
            self._suggestions = Suggestions(self.line, "People at this account")
            self._suggestions.picked.connect(self._add)
            self.line.suggestions = self._suggestions
        return self._suggestions

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if text.endswith((",", ";")):
            self._add(text)
            return
        open_names = [name for name in self._known if name not in self._names]
        offered = matching(open_names, text) if text.strip() else []
        corner = self.line.mapToGlobal(self.line.rect().topLeft())
        self._list().offer(offered, QRect(corner, self.line.size()))
        self.changed.emit()

    @Slot()
    def _on_entered(self) -> None:
        self._add(self.line.text())

    @Slot()
    def _on_left(self) -> None:
        if self._suggestions is not None:
            self._suggestions.hide()
        if self.line.text().strip():
            self._add(self.line.text())

    @Slot()
    def _on_emptied(self) -> None:
        if self._names:
            self._remove(self._names[-1])

    @Slot()
    def _on_removed(self) -> None:
        self._remove(self.sender().objectName())


class _Line(TextField):
    """Enter takes what is typed; Backspace in the empty line takes the last name back."""

    entered = Signal()
    emptied = Signal()
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget) -> None:
        super().__init__(placeholder, parent=parent)
        self.suggestions: Suggestions | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.suggestions is not None and self.suggestions.take_key(event):
            return
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.text().strip():
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
