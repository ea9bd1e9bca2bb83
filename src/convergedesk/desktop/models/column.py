"""What a column of a table shows and how it sorts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from convergedesk.desktop.widgets.table.cells import Cell

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """A column over rows of type R.

    Attributes:
        key: Name in code, and in `sort_requested`.
        title: The header, a word or two.
        text: The cell in plain words: for screen readers, typing ahead, and what is not painted.
        cell: How the cell is painted; None paints `text`.
        value: What `cell` is given; None gives it `text`.
        align: Figures right, words left.
        sort_key: What is compared; None as a key sorts last in both directions. A column without
            `sort_key` is not sortable, unless the model delegates sorting and `sortable` is set.
        sortable: See `sort_key`.
        descending_first: Sort downwards at the first click; for figures where more matters more.
        tooltip: Shown over the cell; without it, text that is cut is shown whole.
        header_tooltip: Explains the column.
        width: Width in pixels at 100 % text.
        min_width: How far it may shrink where room is short.
        stretch: Share of the room that is left over; 0 keeps `width`.
    """

    key: str
    title: str
    text: Callable[[R], str]
    cell: Cell | None = None
    value: Callable[[R], Any] | None = None
    align: Literal["left", "right"] = "left"
    sort_key: Callable[[R], Any] | None = None
    sortable: bool = False
    descending_first: bool = False
    tooltip: Callable[[R], str] | None = None
    header_tooltip: str = ""
    width: int = 120
    min_width: int = 56
    stretch: int = 0
