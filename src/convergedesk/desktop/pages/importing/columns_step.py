"""Second step: where each column goes, what it would look like, and what is still unclear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.column_table import ColumnCard
from convergedesk.desktop.pages.importing.file_list import FileList
from convergedesk.desktop.pages.importing.preview_card import PreviewCard
from convergedesk.desktop.pages.importing.question_card import QuestionCard
from convergedesk.desktop.pages.importing.reading_dialog import ReadingDialog
from convergedesk.desktop.pages.importing.rejects_card import AnswersCard, PreviewRejectsCard
from convergedesk.desktop.pages.importing.state import WizardState
from convergedesk.desktop.pages.importing.time_zone_card import TimeZoneCard
from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.sources.files import Question

_LIST, _LIST_NARROW = 268, 220
_SIDE, _SIDE_NARROW = 316, 268
_NARROW = 1180


class ColumnsStep(QWidget):
    """Files at the left, columns and preview in the middle, questions and rejects at the right.

    Signals:
        table_selected: Name of a table.
        table_chosen: (table, `EntityKind` or None).
        field_chosen: (table, column, field or None).
        answered: (question, value).
        reading_chosen: (table, `Reading`).
        asked_again: Name of a table whose answers are taken back.
        time_zone_chosen: (table, name of the zone of its times).
        back_clicked: To the files.
        next_clicked: On to the totals.
    """

    table_selected = Signal(str)
    table_chosen = Signal(str, object)
    field_chosen = Signal(str, str, object)
    answered = Signal(object, str)
    reading_chosen = Signal(str, object)
    asked_again = Signal(str)
    time_zone_chosen = Signal(str, str)
    back_clicked = Signal()
    next_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_state`."""
        super().__init__(parent)
        self._state = WizardState()
        self._questions: list[QuestionCard] = []
        self._asked: tuple[Question, ...] | None = None
        self.files = FileList(wide=False)
        self.files.selected.connect(self.table_selected)
        self.files.entity_chosen.connect(self.table_chosen)
        self._list_card = Card("", flush=True)
        self._list_card.add(self.files, 1)
        self.columns = ColumnCard()
        self.columns.field_chosen.connect(self.field_chosen)
        self.columns.reading_clicked.connect(self._on_reading)
        self.preview = PreviewCard()
        self.rejects = PreviewRejectsCard()
        self.rejects.show_clicked.connect(self.preview.show_rejected)
        self.answers = AnswersCard()
        self.answers.change_clicked.connect(self._on_ask_again)
        self.time_zone = TimeZoneCard()
        self.time_zone.chosen.connect(self._on_time_zone)
        self._side = self._side_column()
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.setChildrenCollapsible(False)
        middle.setStyleSheet("QSplitter::handle { image: none; }")
        middle.setHandleWidth(16)
        middle.addWidget(self.columns)
        middle.addWidget(self.preview)
        middle.setStretchFactor(0, 5)
        middle.setStretchFactor(1, 4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._list_card)
        row.addWidget(middle, 1)
        row.addWidget(self._side)

    def show_state(self, state: WizardState) -> None:
        """Show a state."""
        self._state = state
        self._list_card.set_title(f"{count(len(state.tables), 'file')} found")
        self.files.show_state(state)
        self.columns.show_state(state)
        self.preview.show_state(state)
        table, mapping = state.current, state.mapping_of(state.table)
        self.answers.show_mapping(mapping)
        naive = words.naive_times(table, mapping) if table is not None and mapping is not None else ()
        self.time_zone.show_columns(naive, mapping.time_zone if mapping is not None else "UTC")
        questions = state.questions_of(state.table) if state.table is not None else ()
        self.rejects.show_preview(state.preview, asked=any(question.blocking for question in questions))
        if questions != self._asked:
            self._asked = questions
            self._show_questions(questions)
        blocked = bool(state.blocking)
        self.next_button.setEnabled(not blocked and not state.working and bool(state.taken))
        self.next_button.setText("Check totals")
        self.next_button.setToolTip("Answer the open questions first." if blocked else "")

    def focus_first(self) -> None:
        """Put the keyboard on the first open question, or on the way on."""
        if self._questions:
            self._questions[0].choices.setFocus()
        else:
            self.next_button.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_NARROW)
        most = self.width() // 4
        self._list_card.setFixedWidth(min(theme().px(_LIST_NARROW if narrow else _LIST), most))
        self._side.setFixedWidth(min(theme().px(_SIDE_NARROW if narrow else _SIDE), most))

    def _side_column(self) -> QWidget:
        cards = QWidget()
        self._cards = QVBoxLayout(cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        self._cards.addWidget(self.time_zone)
        self._cards.addWidget(self.rejects)
        self._cards.addWidget(self.answers)
        self._cards.addStretch(1)
        back = Button("Back")
        back.clicked.connect(self.back_clicked)
        self.next_button = Button("Check totals", "primary")
        self.next_button.clicked.connect(self.next_clicked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        # Room for the ring around whichever has the keyboard.
        buttons.setContentsMargins(0, 3, 3, 3)
        buttons.addStretch(1)
        buttons.addWidget(back)
        buttons.addWidget(self.next_button)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(ScrollArea(cards), 1)
        column.addLayout(buttons)
        return side

    def _show_questions(self, questions: tuple[Question, ...]) -> None:
        for card in self._questions:
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._questions = [QuestionCard(question) for question in questions]
        for place, card in enumerate(self._questions):
            card.answered.connect(self.answered)
            self._cards.insertWidget(place, card)

    @Slot()
    def _on_reading(self) -> None:
        table, mapping = self._state.current, self._state.mapping_of(self._state.table)
        if table is None or mapping is None:
            return
        dialog = ReadingDialog(self, table, mapping)
        dialog.chosen.connect(self._on_read_so)
        dialog.open()

    @Slot(object)
    def _on_read_so(self, reading: object) -> None:
        if self._state.table is not None:
            self.reading_chosen.emit(self._state.table, reading)

    @Slot(str)
    def _on_time_zone(self, zone: str) -> None:
        if self._state.table is not None:
            self.time_zone_chosen.emit(self._state.table, zone)

    @Slot()
    def _on_ask_again(self) -> None:
        if self._state.table is not None:
            self.asked_again.emit(self._state.table)
