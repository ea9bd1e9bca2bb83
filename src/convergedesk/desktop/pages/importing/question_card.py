"""A question that only a person can answer, with what each answer means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.phrases import listing
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.choice import RadioCards
from convergedesk.desktop.widgets.fields import Select, TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.money import is_currency_code

if TYPE_CHECKING:
    from convergedesk.sources.files import Question

# More choices than these, such as currencies, are a list.
_MOST_CARDS = 4


class QuestionCard(Card):
    """Amber-edged while it blocks the import; `answered` brings the question and the value."""

    answered = Signal(object, str)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        """Nothing is chosen until the person chooses."""
        super().__init__(outline="warning_fill" if question.blocking else "line", parent=parent)
        self.question = question
        head = QHBoxLayout()
        head.setSpacing(8)
        sign = (
            StatusText("", "warning", "warning")
            if question.blocking
            else StatusText("", "text_2", "question")
        )
        sign.setFixedWidth(sign.sizeHint().width())
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(question.title, Role.SECTION, wrap=True), 1)
        self.body.addLayout(head)
        self.add(Label(question.sentence, Role.LABEL, "text_2", wrap=True))
        if len(question.choices) > _MOST_CARDS:
            self.choices: RadioCards | Select = Select(
                [("", "Choose…"), *((choice.value, choice.label) for choice in question.choices)]
            )
            self.choices.setAccessibleName(question.title)
        else:
            self.choices = RadioCards(
                [(choice.value, choice.label, choice.lines) for choice in question.choices]
            )
        self.choices.value_changed.connect(self._on_chosen)
        self.add(self.choices)
        self.other = TextField("Another currency, such as SEK", parent=self)
        self.other.setMaxLength(3)
        self.other.setAccessibleName("Another currency")
        self.other.returnPressed.connect(self._on_other)
        self.other.setVisible(question.kind.value == "currency")
        self.add(self.other)
        if question.columns:
            names = listing([f"“{name}”" for name in question.columns])
            self.add(Label(f"Used for {names}.", Role.LABEL, "text_3", wrap=True))

    @Slot()
    def _on_other(self) -> None:
        code = self.other.text().strip().upper()
        self.other.set_fault(not is_currency_code(code))
        if is_currency_code(code):
            self.answered.emit(self.question, code)

    @Slot(object)
    def _on_chosen(self, value: object) -> None:
        if value:
            self.answered.emit(self.question, str(value))
