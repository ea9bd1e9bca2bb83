"""A figure at the head of Home."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from convergedesk.domain.kinds import PodId
from convergedesk.domain.portfolio import HomeSnapshot, PortfolioRow, own_rows, present

if TYPE_CHECKING:
    from convergedesk.figures.why import Why

NOTHING = "–"


class HomeFigure(NamedTuple):
    """One figure of the strip.

    Attributes:
        key: Its name in ids: 'home:usage-week'.
        label: What it is, with its period.
        value: The figure; a dash where it cannot be measured yet.
        unit: Small, behind the value.
        status: The part of the context line that carries `tone` and `icon`.
        tone: A text token.
        icon: A Phosphor name; empty for none.
        note: The quiet rest of the context line.
        why: Says what stands behind it; None where nothing is known of it.
        share: A share of 1 that a bar beside the value shows, or None.
        elapsed: The share that its tick shows.
        trend: A small line beside the value; empty for none.
    """

    key: str
    label: str
    value: str
    unit: str = ""
    status: str = ""
    tone: str = "text_3"
    icon: str = ""
    note: str = ""
    why: Callable[[], Why] | None = None
    share: float | None = None
    elapsed: float = 0.0
    trend: tuple[float | None, ...] = ()


class Book(NamedTuple):
    """The accounts that Home speaks of.

    Attributes:
        snapshot: The reading.
        pod: The pod that it is narrowed to, or None for all.
        rows: Its accounts without sites, which are in their parents' figures, and without those gone.
    """

    snapshot: HomeSnapshot
    pod: PodId | None
    rows: tuple[PortfolioRow, ...]

    @property
    def falls_up_to(self) -> float:
        """The p-value up to which recent dips stand beside the others."""
        together = self.snapshot.together.get(self.pod)
        return 0.0 if together is None else together.falls_up_to

    @property
    def id_parts(self) -> tuple[str, ...]:
        """What an id of a figure of this book says beyond its name."""
        return () if self.pod is None else (f"pod-{self.pod}",)


def book_of(snapshot: HomeSnapshot, pod: PodId | None = None) -> Book:
    """The accounts of a pod, or all, as Home counts them."""
    rows = snapshot.rows if pod is None else tuple(row for row in snapshot.rows if pod in row.pod_ids)
    return Book(snapshot, pod, own_rows(present(rows)))
