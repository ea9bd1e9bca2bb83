"""What an import did or would do: rows by file at the left, sums, rejects and notes at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.outcome import FileOutcome, Outcome
from convergedesk.desktop.pages.importing.side import SideColumn
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.table.cells import TextCell, TextLine
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.records import EntityKind
from convergedesk.figures.wording import money, number

_SIDE = 340
_METERS = 10
REJECTED = "Rejected"


class OutcomeView(QWidget):
    """Shows an outcome, with buttons beneath the cards.

    Attributes:
        table: Rows by file.
    """

    def __init__(
        self,
        sub: str,
        buttons: Sequence[Button],
        *,
        extra: Callable[[str, Outcome], QVBoxLayout | None] | None = None,
    ) -> None:
        """`sub` stands behind the table's title; `extra` may add to the card of a title."""
        super().__init__()
        self._extra = extra
        self._shown: Outcome | None = None
        self._rows: RowsModel[FileOutcome] = RowsModel(
            _file_columns(), id_of=lambda one: one.name, parent=self
        )
        self.table = TableView(self._rows, name="Rows by file", lines=1, click_opens=False)
        card = Card("Rows by file", sub, flush=True)
        card.add(self.table, 1)
        cards = QWidget()
        self._cards = QVBoxLayout(cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        # Room for the ring around whichever has the keyboard.
        foot.setContentsMargins(0, 3, 3, 3)
        foot.addStretch(1)
        for button in buttons:
            foot.addWidget(button)
        side = SideColumn(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(ScrollArea(cards), 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(card, 1)
        row.addWidget(side)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show an outcome; the one that is shown already stays as it is."""
        if outcome is self._shown:
            return
        self._shown = outcome
        self._rows.set_rows(outcome.files)
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for title, values in _total_rows(outcome):
            card = Card(title)
            card.add(KeyValueRows(values))
            more = None if self._extra is None else self._extra(title, outcome)
            if more is not None:
                card.body.addLayout(more)
            self._cards.addWidget(card)
        if outcome.notes:
            card = Card("To know")
            for note in outcome.notes:
                card.add(Label(note, Role.LABEL, "text_2", wrap=True))
            self._cards.addWidget(card)
        self._cards.addStretch(1)


def _total_rows(outcome: Outcome) -> list[tuple[str, list[KeyValue]]]:
    """Titles and rows of the cards beside the table; cards without rows are left out."""
    totals = outcome.totals
    cards = [
        (
            "Rows",
            [
                KeyValue("New", number(outcome.new)),
                KeyValue("Changed", number(outcome.changed)),
                KeyValue("Left as they are", number(outcome.unchanged)),
                KeyValue("Rejected", number(outcome.rejected), _waiting(outcome)),
                KeyValue("In the files", number(outcome.rows), strong=True, rule=True),
            ],
        ),
        (REJECTED, [KeyValue(words.reason_phrase(code), number(rows)) for code, rows in outcome.rejects]),
        ("Usage by meter", [KeyValue(name, number(value)) for name, value in totals.quantities[:_METERS]]),
        ("Money", [KeyValue(name, money(amount)) for name, amount in totals.money]),
        ("Tickets by priority", [KeyValue(name, number(rows)) for name, rows in totals.priorities]),
    ]
    more = len(totals.quantities) - _METERS
    if more > 0:
        cards[2][1].append(KeyValue(f"and {number(more)} further meters", ""))
    return [(title, values) for title, values in cards if values]


def _file_columns() -> tuple[Column[FileOutcome], ...]:
    """Columns of the table of files, with their rows' fates."""

    def figure(key: str, title: str, header_tooltip: str, tone: str = "text") -> Column[FileOutcome]:
        def value(one: FileOutcome) -> TextLine:
            rows = getattr(one, key)
            return TextLine(number(rows), Role.BODY, tone if rows else "text_3")

        return Column(
            key=key,
            title=title,
            text=lambda one: number(getattr(one, key)),
            value=value,
            cell=TextCell(),
            align="right",
            sort_key=lambda one: getattr(one, key),
            descending_first=True,
            header_tooltip=header_tooltip,
            width=92,
            min_width=68,
        )

    return (
        Column(
            key="name",
            title="File",
            text=lambda one: one.name,
            cell=TextCell(Role.MEDIUM),
            sort_key=lambda one: one.name.casefold(),
            width=220,
            min_width=140,
            stretch=3,
        ),
        Column(
            key="entity",
            title="Kind",
            text=lambda one: words.kind_label(EntityKind(one.entity)),
            cell=TextCell(Role.BODY, "text_2"),
            sort_key=lambda one: one.entity,
            width=130,
            min_width=96,
            stretch=1,
        ),
        figure("rows", "Rows", "Rows in the file"),
        figure("new", "New", "Rows that were not known", "good"),
        figure("changed", "Changed", "Rows that were known otherwise"),
        figure("unchanged", "As they are", "Rows that were known just so"),
        figure("rejected", "Rejected", "Rows that cannot be taken yet", "critical"),
    )


def _waiting(outcome: Outcome) -> str:
    if not outcome.waiting:
        return ""
    return f"{number(outcome.waiting)} of them come in once their account is known"
