"""The head of a page: what it found, in a sentence, and what can be done about it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.breadcrumb import Breadcrumb
from convergedesk.desktop.widgets.button import IconButton
from convergedesk.desktop.widgets.label import ElidedLabel


class PageHeader(QWidget):
    """Title and subtitle at the left, actions at the right.

    Attributes:
        facts: A row under the title, beside or instead of the subtitle, for owners and terms.
    """

    breadcrumb_clicked = Signal(object)

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        """An empty subtitle takes no room."""
        super().__init__(parent)
        self._breadcrumb = Breadcrumb()
        self._breadcrumb.step_clicked.connect(self.breadcrumb_clicked)
        self._breadcrumb.hide()
        self._title = ElidedLabel(title, Role.PAGE_TITLE)
        self._subtitle = ElidedLabel(subtitle, Role.BODY, "text_3")
        self._title_row = QHBoxLayout()
        self._title_row.setSpacing(8)
        self._title_row.addWidget(self._title)
        explain = IconButton("question", "What does this mean? (F1)")
        explain.clicked.connect(self._on_explain)
        self._title_row.addWidget(explain, 0, Qt.AlignmentFlag.AlignVCenter)
        self._title_row.addStretch(1)
        self.facts = QHBoxLayout()
        self.facts.setSpacing(8)
        self.facts.addWidget(self._subtitle)
        self.facts.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._breadcrumb)
        words.addLayout(self._title_row)
        words.addLayout(self.facts)
        self._leading = QHBoxLayout()
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(self._leading)
        row.addLayout(words, 1)
        row.addLayout(self._actions)
        self.set_title(title, subtitle)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """State the finding, and what it rests on."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def set_leading(self, widget: QWidget) -> None:
        """Put a picture, such as a company's `Avatar`, before the title."""
        self._leading.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_breadcrumb(self, steps: Sequence[tuple[Hashable, str]]) -> None:
        """Show the way back above the title; `breadcrumb_clicked` brings the key of a step."""
        self._breadcrumb.set_steps(steps)
        self._breadcrumb.setVisible(bool(steps))

    def add_badge(self, badge: QWidget) -> None:
        """Put a badge behind the title, before the question mark."""
        self._title_row.insertWidget(self._title_row.count() - 2, badge, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_fact(self, widget: QWidget) -> None:
        """Append a widget to the row under the title."""
        self.facts.insertWidget(self.facts.count() - 2, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_action(self, button: QWidget) -> None:
        """Append a button at the right; the primary one comes last."""
        self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _on_explain(self) -> None:
        wanted = getattr(self.window(), "explanation_wanted", None)
        if wanted is not None:
            wanted.emit()
