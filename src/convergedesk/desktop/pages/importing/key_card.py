"""One waiting name: what it may mean, and what can be decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing.link_words import outside_facts, system_name
from convergedesk.desktop.phrases import listing
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.domain.links import Suggestion, UnlinkedKey

_MOST = 5


class KeyCard(Card):
    """Suggestions with a button each; another account, a new one, or ignoring.

    Signals:
        link_clicked_for: (key, account id, account name).
        other_clicked: The key, to be linked to an account that is not suggested.
        create_clicked: The key.
        ignore_clicked: The key.
    """

    link_clicked_for = Signal(object, object, str)
    other_clicked = Signal(object)
    create_clicked = Signal(object)
    ignore_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_key`."""
        super().__init__(parent=parent)
        self._key: UnlinkedKey | None = None
        self.hide()

    def show_key(self, key: UnlinkedKey | None) -> None:
        """Show a waiting name, or nothing."""
        self._key = key
        self.setVisible(key is not None)
        _clear(self.body)
        if key is None:
            return
        self.set_title(key.link.label, system_name(key.link.system))
        facts = [count(key.rows, "waiting row")]
        if key.entities:
            facts.append(listing([name.replace("_", " ") for name in key.entities]))
        stated = outside_facts(key.link)
        if stated:
            facts.append(stated)
        self.add(Label(" · ".join(facts), Role.LABEL, "text_2", wrap=True))
        if key.example:
            self.add(ElidedLabel(key.example, Role.CAPTION, "text_3"))
        for suggestion in key.suggestions[:_MOST]:
            self.add(Separator())
            self.add(self._suggestion(key, suggestion))
        if not key.suggestions:
            self.add(Label("No account resembles this name.", Role.BODY, "text_3", wrap=True))
        self.add(Separator())
        self.body.addLayout(self._buttons())

    def _suggestion(self, key: UnlinkedKey, suggestion: Suggestion) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(suggestion.account_name, Role.MEDIUM))
        words.addWidget(ElidedLabel(suggestion.reason, Role.CAPTION, "text_3"))
        row.addLayout(words, 1)
        link = Button("Link", small=True, icon="link")
        link.setAccessibleName(f"Link to {suggestion.account_name}")
        link.clicked.connect(partial(self._on_link, key, suggestion.account_id, suggestion.account_name))
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        return widget

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, icon, slot in (
            ("Another account…", "magnifying-glass", self._on_other),
            ("Create account…", "user-plus", self._on_create),
        ):
            button = Button(text, small=True, icon=icon)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        ignore = Button("Ignore this name", "quiet", small=True, icon="prohibit")
        ignore.clicked.connect(self._on_ignore)
        column.addWidget(ignore, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _on_link(self, key: UnlinkedKey, account_id: object, name: str, _checked: bool = False) -> None:
        self.link_clicked_for.emit(key, account_id, name)

    @Slot()
    def _on_other(self) -> None:
        self.other_clicked.emit(self._key)

    @Slot()
    def _on_create(self) -> None:
        self.create_clicked.emit(self._key)

    @Slot()
    def _on_ignore(self) -> None:
        self.ignore_clicked.emit(self._key)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _clear(inner)  # pyright: ignore[reportArgumentType]
