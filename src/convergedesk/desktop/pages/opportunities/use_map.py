"""The map of use: every account's use of every meter beside what is usual in its tier."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.theme import Role, color, theme
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.table.cells import TextLine, paint_line
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.figures.under_use_book import why_under_use
from convergedesk.figures.wording import percent, short_number

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.kinds import AccountId
    from convergedesk.figures.under_use_book import UnderUseBook, UnderUsed

_RADIUS = 4.0
# How far a box reaches into the cell's padding, so that boxes stand closer than words would.
_SPILL = 6.0
_LEAST_ALPHA, _MOST_ALPHA = 0.06, 0.30
_FULL = 1.6
_WIDTH = 104
_SAID = "100 % is the median of the account's tier. Amber stands out: Alt W says why."


class UseCell(NamedTuple):
    """One account's use of one meter.

    Attributes:
        share: Of the tier's median; NaN where it is not known or not in the plan.
        entitled: Whether the account has the meter.
        found: What stands out, or None.
    """

    share: float
    entitled: bool
    found: UnderUsed | None


class UseRow(NamedTuple):
    """One account of the map."""

    account_id: AccountId
    name: str
    tier: str
    cells: tuple[UseCell, ...]


class UseMapCell:
    """A `UseCell`: the fuller the colour, the more it is used; amber where it stands out."""

    def paint(self, painter: QPainter, rect: QRectF, value: UseCell, *, right: bool) -> None:
        """See `Cell`."""
        box = rect.adjusted(-_SPILL, 3, _SPILL, -3)
        if not value.entitled:
            self._say(painter, rect, TextLine("not in plan", Role.CAPTION, "text_3"))
            return
        if math.isnan(value.share):
            self._say(painter, rect, TextLine("–", Role.CAPTION, "text_3"))
            return
        fill = QColor(color("usage"))
        strength = min(value.share, _FULL) / _FULL
        fill.setAlphaF(_LEAST_ALPHA + (_MOST_ALPHA - _LEAST_ALPHA) * strength)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(fill)
        stands_out = value.found is not None
        painter.setPen(QPen(color("warning_fill"), 1.5) if stands_out else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        painter.restore()
        words = percent(value.share)
        if stands_out:
            self._say(painter, rect, TextLine(words, Role.LABEL_STRONG, "warning", "warning-fill"))
        else:
            self._say(painter, rect, TextLine(words, Role.LABEL, "text"))

    @staticmethod
    def _say(painter: QPainter, rect: QRectF, line: TextLine) -> None:
        from PySide6.QtGui import QFontMetricsF

        from convergedesk.desktop.theme import font

        width = QFontMetricsF(font(line.role)).horizontalAdvance(line.text) + (19 if line.icon else 0)
        shift = max(0.0, (rect.width() - width) / 2)
        paint_line(painter, rect.adjusted(shift, 0, 0, 0), line)


class UseMap(QWidget):
    """A table with a column for each meter. Enter opens the account, Alt W says why a cell stands out.

    Signals:
        account_opened: The id of an account.
    """

    account_opened = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_book`."""
        super().__init__(parent)
        self._context = context
        self._book: UnderUseBook | None = None
        self._meters: tuple[str, ...] = ()
        self.table: TableView | None = None
        self._model: RowsModel[UseRow] | None = None
        self._note = Label(_SAID, Role.LABEL, "text_3", wrap=True)
        self._note.setContentsMargins(16, 0, 16, 8)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._note)

    def show_book(self, book: UnderUseBook, among: frozenset[AccountId] | None) -> None:
        """Show the accounts of a book, or only those of a pod."""
        self._book = book
        meters = tuple(meter.name for meter in book.meters)
        if self._model is None or meters != self._meters:
            self._meters = meters
            self._build(book)
        if self._model is not None:
            self._model.set_rows([row for row in use_rows(book) if among is None or row.account_id in among])

    def _build(self, book: UnderUseBook) -> None:
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self._model = RowsModel(use_columns(book), id_of=lambda row: row.account_id, parent=self)
        self.table = TableView(self._model, name="Use of every meter beside its tier", lines=1)
        self.table.activated_id.connect(self._on_opened)
        askable_table(self.table, self._figures, self._context)
        self._column.insertWidget(0, self.table, 1)

    def _figures(self, row: UseRow) -> list[CellFigure]:
        book = self._book
        if book is None:
            return []
        return [
            CellFigure(meter.key, meter.name, percent(cell.share), partial(why_under_use, cell.found, book))
            for meter, cell in zip(book.meters, row.cells, strict=True)
            if cell.found is not None
        ]

    @Slot(object)
    def _on_opened(self, account_id: object) -> None:
        self.account_opened.emit(cast("AccountId", account_id))


def use_rows(book: UnderUseBook) -> list[UseRow]:
    """The accounts of a book with their cells."""
    found = {(one.account_id, one.meter.meter_id): one for one in book.rows}
    return [
        UseRow(
            account,
            book.names[place],
            book.tiers[place],
            tuple(
                UseCell(
                    float(book.share[place, column]),
                    bool(book.entitled[place, column]),
                    found.get((account, meter.meter_id)),
                )
                for column, meter in enumerate(book.meters)
            ),
        )
        for place, account in enumerate(book.accounts)
    ]


def use_columns(book: UnderUseBook) -> tuple[Column[UseRow], ...]:
    """The account, then a column for each meter."""
    account: Column[UseRow] = Column(
        key="account",
        title="Account",
        text=lambda row: row.name,
        sort_key=lambda row: row.name.casefold(),
        tooltip=lambda row: f"{row.name}\n{row.tier}".rstrip(),
        width=190,
        min_width=180,
        stretch=2,
    )
    return (account, *(_meter_column(book, place) for place in range(len(book.meters))))


def _meter_column(book: UnderUseBook, place: int) -> Column[UseRow]:
    meter = book.meters[place]

    def told(row: UseRow) -> str:
        cell = row.cells[place]
        if not cell.entitled:
            return "not in plan"
        if math.isnan(cell.share):
            return "not known"
        alert = ", stands out" if cell.found is not None else ""
        return f"{percent(cell.share)} of the tier's median{alert}"

    medians = [
        f"{tier or 'No tier'}: {short_number(float(units[place]))}"
        for tier, units in book.medians.items()
        if math.isfinite(float(units[place]))
    ]
    return Column(
        key=meter.key,
        title=meter.name,
        text=told,
        value=lambda row: row.cells[place],
        cell=UseMapCell(),
        sort_key=lambda row: None if math.isnan(row.cells[place].share) else row.cells[place].share,
        tooltip=lambda row: f"{row.name}: {told(row)}",
        header_tooltip=f"{meter.name}, median a month\n" + "\n".join(medians),
        width=theme().px(_WIDTH),
        min_width=84,
        stretch=1,
    )
