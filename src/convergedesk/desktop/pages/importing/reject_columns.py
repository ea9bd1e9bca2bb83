"""The columns of every list of rejected rows: where the row stands, why, and its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.table.cells import TextCell, TextLine
from convergedesk.figures.wording import number

T = TypeVar("T")


def line_column(line: Callable[[T], int]) -> Column[T]:
    """The physical line in the file."""
    return Column(
        key="line",
        title="Line",
        text=lambda row: number(line(row)),
        cell=TextCell(Role.BODY, "text_3"),
        align="right",
        width=76,
    )


def reason_column(reason: Callable[[T], str]) -> Column[T]:
    """Why the row was not taken."""
    return Column(
        key="reason",
        title="Reason",
        text=reason,
        value=lambda row: TextLine(reason(row), Role.LABEL_MEDIUM, "critical", "x-circle"),
        cell=TextCell(),
        width=280,
        min_width=160,
        stretch=4,
    )


def raw_column(title: str, raw: Callable[[T], str]) -> Column[T]:
    """The row as text."""
    return Column(
        key="raw",
        title=title,
        text=raw,
        cell=TextCell(Role.BODY, "text_2"),
        width=280,
        min_width=120,
        stretch=4,
    )
