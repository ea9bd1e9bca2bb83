"""How the pilot is compared: the rule of matching, what is missing, and what to keep in mind."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.card import PADDING, Card, Separator
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.figures.pilot_scorecard import RULE, PilotBook
from convergedesk.figures.why import span_words
from convergedesk.figures.wording import count

TITLE = "How it is compared"


class RuleCard(Card):
    """The rule and its limits, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, flush=True, parent=parent)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.add(ScrollArea(self._content), 1)

    def set_book(self, book: PilotBook) -> None:
        """Show what holds for a scorecard."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in book.missing:
            self._section(one.what, one.brings, missing=True)
        self._section("Matching", RULE)
        if book.before is not None and book.after is not None:
            billed = f"{count(book.months, 'whole month')} on either side count for billing"
            days = f"Before: {span_words(*book.before)}. After: {span_words(*book.after)}. {billed}."
            self._section("Days", days)
        self._section(
            "How sure",
            "The difference is the change in the pilot less the change in its matches. Its 95 % interval "
            "follows from how much the pairs differ; where zero lies in it, the finding is inconclusive.",
        )
        self._section(
            "Keep in mind",
            "Accounts that were chosen for a pilot may differ in ways that matching does not see. A measure "
            "opens its pairs and values: click it, or select it and press Enter.",
        )
        self._column.addStretch(1)

    def _section(self, title: str, text: str, *, missing: bool = False) -> None:
        section = QWidget()
        column = QVBoxLayout(section)
        column.setContentsMargins(PADDING, 12, PADDING, 12)
        column.setSpacing(4)
        if missing:
            column.addWidget(StatusText("Missing", "warning", "warning"))
            column.addWidget(Label(title, Role.BODY, wrap=True))
        else:
            column.addWidget(Label(title, Role.STRONG))
        column.addWidget(Label(text, Role.BODY, "text_2", wrap=True))
        self._column.addWidget(Separator())
        self._column.addWidget(section)
