"""Calendar: holidays, releases, customers' freezes and outages of a year, drawn and listed."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.customer_year import CustomerYearDialog
from convergedesk.desktop.faults import error_state, sentence_of
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.calendar.columns import event_columns
from convergedesk.desktop.pages.calendar.event_dialog import EventDialog
from convergedesk.desktop.pages.calendar.planner import PlannerLegend, YearPlanner
from convergedesk.desktop.pages.calendar.view_model import CalendarViewModel
from convergedesk.desktop.pages.calendar.words import KIND_WORDS, year_title
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.calendar import CalendarEvent
from convergedesk.domain.fiscal import CALENDAR_YEAR, quarter_name
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext

_LEAST_LIST = 180


class CalendarPage(QWidget):
    """A year at a glance, and every entry of it as a row."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self.model = CalendarViewModel(context, self)
        self._frame = PageFrame()
        self.planner = YearPlanner()
        self._rows: RowsModel[CalendarEvent] = RowsModel(
            event_columns(lambda: self.model.names), id_of=_row_id, parent=self
        )
        self.table = TableView(self._rows, name="Calendar entries", lines=1)
        self._dialog: EventDialog | None = None
        self._body = Loading(self._make_content())
        self._frame.body.addWidget(self._body, 1)
        self._make_actions()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self._connect()

    def open(self, argument: object = None) -> None:
        """Show this year, or the year of a day."""
        self._body.start()
        self.model.show_year(argument.year if isinstance(argument, date) else self.model.year)

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.chips[0], self.table]

    @Slot()
    def add(self) -> None:
        """Add an entry."""
        self._edit(None)

    def edit(self, event: CalendarEvent) -> None:
        """Edit an entry; a public holiday only says where it comes from."""
        if event.id is None:
            self._context.notify(
                f"{event.title} is a public holiday in {event.country}; it comes with the country",
                tone="text_2",
            )
            return
        self._edit(event)

    def _connect(self) -> None:
        self.planner.event_chosen.connect(self.edit)
        self.planner.day_chosen.connect(self._on_day)
        self.table.activated_id.connect(self._on_activated)
        self.model.changed.connect(self._on_changed)
        self.model.failed.connect(self._on_failed)
        self.model.saved.connect(self._on_saved)
        self.model.save_failed.connect(self._on_save_failed)

    def _make_actions(self) -> None:
        year = Button("Customer years…", icon="calendar-blank")
        year.clicked.connect(self.edit_years)
        add = Button("Add entry", "primary", icon="plus")
        add.clicked.connect(self.add)
        self._frame.header.add_action(year)
        self._frame.header.add_action(add)

    def _make_content(self) -> QWidget:
        card = Card("")
        before, after = IconButton("caret-left", "Year before"), IconButton("caret-right", "Year after")
        before.clicked.connect(partial(self._step, -1))
        after.clicked.connect(partial(self._step, 1))
        self._year = Label("", Role.SECTION)
        self._quarter = Label("", Role.LABEL, "text_2")
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (before, self._year, after, self._quarter):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(PlannerLegend())
        card.body.addLayout(head)
        card.add(self.planner)
        self._list = Card("Entries", flush=True)
        self.chips: list[Chip] = []
        for kind, words in KIND_WORDS.items():
            chip = Chip(words)
            chip.setChecked(True)
            chip.toggled.connect(partial(self._on_kind, kind))
            self.chips.append(chip)
            self._list.add_to_header(chip)
        empty = EmptyState("calendar-blank", "Nothing here", "Add releases, customers' freezes and outages.")
        self.table.set_empty(empty)
        self._list.add(self.table, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(card)
        column.addWidget(self._list, 1)
        self._list.setMinimumHeight(theme().px(_LEAST_LIST))
        return ScrollArea(content)

    def _step(self, years: int) -> None:
        self.model.show_year(self.model.year + years)

    def _on_kind(self, kind: object, on: bool) -> None:
        self.model.set_kind(kind, on=on)  # pyright: ignore[reportArgumentType]

    @Slot()
    def _on_changed(self) -> None:
        book = self.model.book
        if book is None:
            return
        everything = self.model.of_pod
        self._frame.header.set_title("Calendar", year_title(book.year, everything))
        self._year.setText(str(book.year))
        first = book.fiscal_month
        now = quarter_name(book.today, first)
        begins = "calendar years" if first == CALENDAR_YEAR else "the fiscal year of settings"
        self._quarter.setText(f"today is in {now} ({begins})")
        for chip, kind in zip(self.chips, KIND_WORDS, strict=True):
            chip.set_count(sum(one.kind is kind for one in everything))
        self.planner.set_events(book.year, self.model.events, book.today)
        self._rows.set_rows(self.model.events)
        self._list.set_sub(count(len(self.model.events), "entry", "entries"))
        self._body.finish()

    @Slot(object)
    def _on_activated(self, row_id: object) -> None:
        event = next((one for one in self.model.events if _row_id(one) == row_id), None)
        if event is not None:
            self.edit(event)

    @Slot(object)
    def _on_day(self, day: date) -> None:
        self._edit(None, on=day)

    def _edit(self, event: CalendarEvent | None, *, on: date | None = None) -> None:
        book = self.model.book
        if book is None:
            return
        dialog = EventDialog(self, book, event, on=on)
        dialog.submitted.connect(self.model.save)
        if event is not None:
            dialog.deletion_wanted.connect(partial(self.model.delete, event))
        self._dialog = dialog
        dialog.rejected.connect(self._forget_dialog)
        dialog.open(dialog.title_field)

    @Slot()
    def edit_years(self) -> None:
        """Say when customers' fiscal years begin and whose holidays they keep."""
        book = self.model.book
        if book is not None and book.accounts:
            CustomerYearDialog(self, self._context, book.accounts, book.fiscal_month).open()

    @Slot()
    def _on_saved(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()
            self._dialog = None

    @Slot(object)
    def _on_save_failed(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.show_failure(error)
        else:
            self._context.notify(sentence_of(error), tone="critical")

    @Slot()
    def _forget_dialog(self) -> None:
        self._dialog = None

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.model.book is not None:
            self._context.notify(f"Not refreshed: {sentence_of(error)}", tone="warning")
            return
        state = error_state("The calendar could not be read", error, fix="Try again")
        state.fix_clicked.connect(self.model.reload)
        self._body.show_instead(state)


def _row_id(event: CalendarEvent) -> object:
    if event.id is not None:
        return int(event.id)
    return (event.first_day, event.country, event.title)
