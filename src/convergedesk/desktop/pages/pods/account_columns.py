"""The accounts beside a pod: in it or not, and what helps to decide."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.choice import paint_check_box
from convergedesk.desktop.widgets.table.cells import TextCell
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.wording import count, month, short_money

_BOX = 16


class CheckCell:
    """A check box."""

    def paint(self, painter: QPainter, rect: QRectF, value: object, *, right: bool) -> None:
        """Paint it checked for True."""
        state = Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        box = QRectF(rect.left(), rect.center().y() - _BOX / 2, _BOX, _BOX)
        paint_check_box(painter, box, state)


def account_columns(chosen: Callable[[AccountId], bool]) -> tuple[Column[PortfolioRow], ...]:
    """Check box, name, tier, billed, success manager."""
    return (
        Column(
            key="chosen",
            title="In pod",
            text=lambda row: "in the pod" if chosen(row.account_id) else "not in the pod",
            cell=CheckCell(),
            value=lambda row: chosen(row.account_id),
            sort_key=lambda row: not chosen(row.account_id),
            sortable=True,
            width=70,
        ),
        Column(
            key="name",
            title="Account",
            text=lambda row: row.name,
            cell=TextCell(Role.MEDIUM),
            sort_key=lambda row: row.name.casefold(),
            sortable=True,
            width=200,
            stretch=2,
        ),
        Column(
            key="sites",
            title="Sites",
            text=lambda row: count(row.sites, "site") if row.sites else "",
            width=80,
        ),
        Column(
            key="tier",
            title="Tier",
            text=lambda row: row.tier or "",
            sort_key=lambda row: (row.tier or "").casefold(),
            sortable=True,
            width=110,
        ),
        Column(
            key="billed",
            title="Billed in the last month",
            text=_billed,
            align="right",
            sort_key=lambda row: None if row.billed is None else row.billed.minor_units,
            sortable=True,
            descending_first=True,
            width=150,
        ),
        Column(
            key="success_manager",
            title="Success manager",
            text=lambda row: row.success_manager or "",
            sort_key=lambda row: (row.success_manager or "").casefold(),
            sortable=True,
            width=150,
            stretch=1,
        ),
    )


def _billed(row: PortfolioRow) -> str:
    if row.billed is None or row.billed_month is None:
        return "–"
    return f"{short_money(row.billed)}, {month(row.billed_month)}"
