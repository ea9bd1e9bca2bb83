"""The Timeline tab: everything that happened, newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, timedelta, tzinfo
from functools import partial

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.clock_words import moment
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.account.view_model import ACTIONS, BILLING, GOALS, NOTES, PEOPLE
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.fields import SearchField, Select
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.cells import BadgeCell, TextCell, TwoLine, TwoLineCell
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.figures.account import TimelineEntry, TimelineKind
from convergedesk.figures.small_why import why_entries
from convergedesk.figures.why import Why

_Row = tuple[int, TimelineEntry]
_TICKETS = (TimelineKind.TICKET_OPENED, TimelineKind.TICKET_CLOSED)
_GROUPS: tuple[tuple[str, str, tuple[TimelineKind, ...]], ...] = (
    ("all", "All", tuple(TimelineKind)),
    ("tickets", "Tickets", _TICKETS),
    ("contact", "Check-ins and notes", (TimelineKind.CHECK_IN, TimelineKind.NOTE)),
    ("actions", "Actions", (TimelineKind.ACTION,)),
    ("goals", "Goals", (TimelineKind.GOAL,)),
    ("people", "People", (TimelineKind.PERSON,)),
    ("billing", "Billing", (TimelineKind.INVOICE, TimelineKind.SUBSCRIPTION, TimelineKind.CONTRACT)),
    ("events", "Events", (TimelineKind.EVENT, TimelineKind.CHURN)),
)
_KEYS = {kind: [key for key, _, kinds in _GROUPS if kind in kinds] for kind in TimelineKind}
_PERIODS = ((None, "Any time"), (30, "Last 30 days"), (90, "Last 90 days"), (365, "Last 12 months"))
_TABS = {
    TimelineKind.GOAL: GOALS,
    TimelineKind.CHECK_IN: NOTES,
    TimelineKind.NOTE: NOTES,
    TimelineKind.ACTION: ACTIONS,
    TimelineKind.PERSON: PEOPLE,
    TimelineKind.INVOICE: BILLING,
}
_AHEAD = "ahead"
_ANYBODY = (("", "Anybody"),)
_MOST_PEOPLE = 40
_ICONS = {
    TimelineKind.TICKET_OPENED: ("ticket", "text_2"),
    TimelineKind.TICKET_CLOSED: ("check-circle", "good"),
    TimelineKind.INVOICE: ("receipt", "text_2"),
    TimelineKind.CONTRACT: ("file-text", "text_2"),
    TimelineKind.SUBSCRIPTION: ("arrows-clockwise", "text_2"),
    TimelineKind.CHURN: ("sign-out", "critical"),
    TimelineKind.GOAL: ("target", "accent_text"),
    TimelineKind.CHECK_IN: ("users", "text_2"),
    TimelineKind.NOTE: ("note", "text_2"),
    TimelineKind.ACTION: ("check-square", "text_2"),
    TimelineKind.PERSON: ("user-minus", "critical"),
    TimelineKind.EVENT: ("calendar-blank", "text_2"),
}


class TimelineTab(QWidget):
    """What happened at one account, to be narrowed by kind, person, period and text.

    Signals:
        ticket_opened: Id of a ticket.
        tab_wanted: Key of the tab that shows what was clicked.
    """

    ticket_opened = Signal(object)
    tab_wanted = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._zone: tzinfo = UTC
        self._entries: tuple[TimelineEntry, ...] = ()
        self._texts: list[str] = []
        self._held: dict[str, list[_Row]] = {}
        self._model = RowsModel[_Row](
            _columns(today, lambda: self._zone), id_of=lambda row: row[0], parent=self
        )
        self.table = TableView(self._model, name="Timeline")
        self.table.activated_id.connect(self._on_activated)
        self.table.set_empty(
            EmptyState("clock", "Nothing fits", "Choose All, anybody and any time to see everything.")
        )
        self._chips = {key: Chip(text) for key, text, _ in _GROUPS}
        self._chips[_AHEAD] = Chip("Still ahead")
        self._group = QButtonGroup(self)
        bar = QWidget()
        flow = FlowLayout(bar)
        for key, chip in self._chips.items():
            self._group.addButton(chip)
            flow.addWidget(chip)
            askable(chip, partial(self._why, key), clicks=False)
        self._chips["all"].setChecked(True)
        self._group.buttonClicked.connect(self._on_chip)
        self.search = SearchField("Find in the timeline")
        self.search.setFixedWidth(220)
        self.person = Select(_ANYBODY)
        self.person.setAccessibleName("Who took part")
        self.period = Select(_PERIODS)
        for field in (self.person, self.period):
            field.setProperty("soft", True)
        self.period.setAccessibleName("When")
        self.person.set_value("")
        self.period.set_value(None)
        self.search.search_changed.connect(self._on_narrowed)
        self.person.value_changed.connect(self._on_narrowed)
        self.period.value_changed.connect(self._on_narrowed)
        card = Card("Timeline", flush=True)
        for widget in (self.search, self.person, self.period):
            card.add_to_header(widget)
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
        self._texts = [f"{e.title} {e.detail} {' '.join(e.people)}".casefold() for e in self._entries]
        self._offer_people()
        self._count()
        if not entries:
            state = EmptyState(
                "clock", "Nothing happened yet", "Tickets, check-ins, notes and invoices will be listed here."
            )
            self._loading.show_instead(state)
            return
        self._show()
        self._loading.finish()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus()

    def show_instead(self, state: QWidget) -> None:
        """Show a fault in place of the list."""
        self._loading.show_instead(state)

    def _offer_people(self) -> None:
        named = Counter(name for entry in self._entries for name in entry.people)
        names = sorted(named, key=lambda name: (-named[name], name))[:_MOST_PEOPLE]
        self.person.blockSignals(True)
        self.person.set_options([*_ANYBODY, *((name, name) for name in names)])
        if self.person.value() is None:
            self.person.set_value("")
        self.person.blockSignals(False)

    def _why(self, key: str) -> Why:
        entries = [entry for _, entry in self._held.get(key, ())]
        names = {**{one: text for one, text, _ in _GROUPS}, _AHEAD: "Still ahead"}
        return why_entries(names[key], entries, self._zone)

    def _count(self) -> None:
        self._held = self._sort_out()
        for key, chip in self._chips.items():
            held = len(self._held[key])
            chip.set_count(held)
            chip.setVisible(key == "all" or held > 0 or chip.isChecked())
        if all(chip.isHidden() or not chip.isChecked() for chip in self._chips.values()):
            self._chips["all"].setChecked(True)

    def _show(self) -> None:
        self._model.set_rows(self._held[next(k for k, chip in self._chips.items() if chip.isChecked())])

    def _sort_out(self) -> dict[str, list[_Row]]:
        """What fits, by chip: what happened, newest first; and what is still ahead, soonest first."""
        person, days, today = self.person.value(), self.period.value(), self._today()
        since = today - timedelta(days=days) if isinstance(days, int) else None
        words = self.search.text().casefold().split()
        held: dict[str, list[_Row]] = {key: [] for key in self._chips}
        for number, entry in enumerate(self._entries):
            if person and person not in entry.people:
                continue
            if any(word not in self._texts[number] for word in words):
                continue
            on = entry.at.astimezone(self._zone).date()
            if on > today:
                held[_AHEAD].insert(0, (number, entry))
            elif since is None or on > since:
                for key in _KEYS[entry.kind]:
                    held[key].append((number, entry))
        return held

    @Slot(QAbstractButton)
    def _on_chip(self, _chip: QAbstractButton) -> None:
        self._show()

    @Slot()
    def _on_narrowed(self) -> None:
        self._count()
        self._show()

    @Slot(object)
    def _on_activated(self, number: int) -> None:
        entry = self._entries[number]
        if entry.kind in _TICKETS and entry.target_id is not None:
            self.ticket_opened.emit(entry.target_id)
        elif entry.kind in _TABS:
            self.tab_wanted.emit(_TABS[entry.kind])


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
