"""Columns that say which account a row is."""

from __future__ import annotations

from collections.abc import Callable

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.table.cells import AvatarCell, TextCell, TwoLine, TwoLineCell
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.wording import count

RowColumn = Column[PortfolioRow]
_NOTHING = "–"


def name() -> RowColumn:
    """The account's name."""
    return Column(
        key="name",
        title="Account",
        text=lambda row: row.name,
        cell=TextCell(Role.STRONG),
        sort_key=lambda row: row.name.casefold(),
        width=160,
        min_width=110,
        stretch=3,
    )


def name_with_kind() -> RowColumn:
    """The name over tier and industry."""

    def kind(row: PortfolioRow) -> str:
        parts = [row.tier, row.industry or row.country]
        if row.sites:
            parts.append(count(row.sites, "site"))
        return " · ".join(part for part in parts if part)

    return Column(
        key="name",
        title="Account",
        text=lambda row: row.name,
        cell=TwoLineCell(),
        value=lambda row: TwoLine(row.name, kind(row)),
        sort_key=lambda row: row.name.casefold(),
        width=168,
        min_width=124,
        stretch=3,
    )


def plain(key: str, title: str, value: Callable[[PortfolioRow], str | None], width: int) -> RowColumn:
    """A word of the account, or a dash."""
    return Column(
        key=key,
        title=title,
        text=lambda row: value(row) or _NOTHING,
        cell=TextCell(Role.BODY, "text_2"),
        sort_key=lambda row: (value(row) or "").casefold() or None,
        width=width,
        min_width=48,
    )


def owner() -> RowColumn:
    """The account owner's initials."""
    return Column(
        key="owner",
        title="Owner",
        text=lambda row: row.owner or "No owner",
        cell=AvatarCell(),
        value=lambda row: row.owner or "",
        tooltip=lambda row: row.owner or "No owner",
        sort_key=lambda row: (row.owner or "").casefold() or None,
        width=56,
        min_width=48,
    )
