"""The Timeline tab: everything that happened, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, tzinfo

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from convergedesk.desktop.clock_words import moment
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.cells import BadgeCell, TextCell, TwoLine, TwoLineCell
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.figures.account import TimelineEntry, TimelineKind

_Row = tuple[int, TimelineEntry]
_TICKETS = (TimelineKind.TICKET_OPENED, TimelineKind.TICKET_CLOSED)
_GROUPS: tuple[tuple[str, str, tuple[TimelineKind, ...]], ...] = (
    ("all", "All", tuple(TimelineKind)),
    ("tickets", "Tickets", _TICKETS),
    ("billing", "Billing", (TimelineKind.INVOICE, TimelineKind.SUBSCRIPTION, TimelineKind.CONTRACT)),
    ("goals", "Goals", (TimelineKind.GOAL,)),
    ("contact", "Contact", (TimelineKind.CHECK_IN, TimelineKind.NOTE)),
    ("events", "Events", (TimelineKind.EVENT, TimelineKind.CHURN)),
)
_AHEAD = "ahead"
_ICONS = {
    TimelineKind.TICKET_OPENED: ("ticket", "text_2"),
    TimelineKind.TICKET_CLOSED: ("check-circle", "good"),
    TimelineKind.INVOICE: ("receipt", "text_2"),
    TimelineKind.CONTRACT: ("file-text", "text_2"),
    TimelineKind.SUBSCRIPTION: ("arrows-clockwise", "text_2"),
    TimelineKind.CHURN: ("sign-out", "critical"),
    TimelineKind.GOAL: ("target", "accent_text"),
    TimelineKind.CHECK_IN: ("users", "text_2"),
    TimelineKind.NOTE: ("note-pencil", "text_2"),
    TimelineKind.EVENT: ("calendar-blank", "text_2"),
}


class TimelineTab(QWidget):
    """What happened at one account, to be narrowed by kind.

    Signals:
        ticket_opened: Id of a ticket.
        goals_opened: A goal was clicked.
    """

    ticket_opened = Signal(object)
    goals_opened = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._zone: tzinfo = UTC
        self._entries: tuple[TimelineEntry, ...] = ()
        self._model = RowsModel[_Row](
            _columns(today, lambda: self._zone), id_of=lambda row: row[0], parent=self
        )
        self.table = TableView(self._model, name="Timeline")
        self.table.activated_id.connect(self._on_activated)
        self.table.set_empty(EmptyState("clock", "Nothing of this kind", "Choose All to see everything."))
        self._chips = {key: Chip(text) for key, text, _ in _GROUPS}
        self._chips[_AHEAD] = Chip("Still ahead")
        self._group = QButtonGroup(self)
        bar = QWidget()
        flow = FlowLayout(bar)
        for chip in self._chips.values():
            self._group.addButton(chip)
            flow.addWidget(chip)
        self._chips["all"].setChecked(True)
        self._group.buttonClicked.connect(self._on_chip)
        card = Card("Timeline", flush=True)
        chips = QVBoxLayout()
        chips.setContentsMargins(16, 0, 16, 4)
        chips.addWidget(bar)
        card.body.addLayout(chips)
        card.add(self.table, 1)
        self._loading = Loading(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._loading)

    def start(self) -> None:
        """The timeline is being read; what is shown is another account's."""
        self._loading.clear()
        self._loading.start()

    def set_entries(self, entries: Sequence[TimelineEntry], zone: tzinfo) -> None:
        """Show what happened, newest first."""
        self._entries, self._zone = tuple(entries), zone
        for key, chip in self._chips.items():
            held = len(self._rows_of(key))
            chip.set_count(held)
            chip.setVisible(key == "all" or held > 0)
        if all(chip.isHidden() or not chip.isChecked() for chip in self._chips.values()):
            self._chips["all"].setChecked(True)
        if not entries:
            state = EmptyState(
                "clock", "Nothing happened yet", "Tickets, invoices and goals will be listed here."
            )
            self._loading.show_instead(state)
            return
        self._show()
        self._loading.finish()

    def show_instead(self, state: QWidget) -> None:
        """Show a fault in place of the list."""
        self._loading.show_instead(state)

    def _show(self) -> None:
        self._model.set_rows(self._rows_of(next(k for k, chip in self._chips.items() if chip.isChecked())))

    def _rows_of(self, key: str) -> list[_Row]:
        """What happened, newest first; or what is still ahead, soonest first."""
        numbered = list(enumerate(self._entries))
        ahead = [row for row in numbered if self._is_ahead(row[1])]
        if key == _AHEAD:
            return ahead[::-1]
        kinds = next(kinds for name, _, kinds in _GROUPS if name == key)
        return [row for row in numbered if row[1].kind in kinds and not self._is_ahead(row[1])]

    def _is_ahead(self, entry: TimelineEntry) -> bool:
        return entry.at.astimezone(self._zone).date() > self._today()

    @Slot(QAbstractButton)
    def _on_chip(self, _chip: QAbstractButton) -> None:
        self._show()

    @Slot(object)
    def _on_activated(self, number: int) -> None:
        entry = self._entries[number]
        if entry.kind in _TICKETS and entry.target_id is not None:
            self.ticket_opened.emit(entry.target_id)
        elif entry.kind is TimelineKind.GOAL:
            self.goals_opened.emit()


class _KindCell:
    """The icon of a kind."""

    def paint(self, painter: QPainter, rect: QRectF, value: TimelineKind, *, right: bool) -> None:
        """See `Cell`."""
        name, tone = _ICONS[value]
        paint_icon(painter, QRectF(rect.left() + 2, rect.center().y() - 8, 16, 16), name, color(tone))


def _columns(today: Callable[[], date], zone: Callable[[], tzinfo]) -> tuple[Column[_Row], ...]:
    def when(row: _Row) -> str:
        entry = row[1]
        if entry.day_only:
            return near_day(entry.at.astimezone(zone()).date(), today())
        return moment(entry.at, zone(), today())

    return (
        Column(
            key="kind",
            title="",
            text=lambda row: row[1].kind.value.replace("_", " "),
            value=lambda row: row[1].kind,
            cell=_KindCell(),
            width=44,
            min_width=44,
        ),
        Column(
            key="when", title="When", text=when, cell=TextCell(Role.BODY, "text_2"), width=150, min_width=120
        ),
        Column(
            key="what",
            title="What",
            text=lambda row: f"{row[1].title}. {row[1].detail}",
            value=lambda row: TwoLine(row[1].title, row[1].detail),
            cell=TwoLineCell(Role.MEDIUM),
            width=400,
            min_width=200,
            stretch=1,
        ),
        Column(
            key="audience",
            title="",
            text=lambda row: "Internal" if row[1].internal else "",
            value=lambda row: BadgeValue("Internal", "neutral", "lock-simple") if row[1].internal else None,
            cell=BadgeCell(),
            width=96,
            min_width=90,
        ),
    )
