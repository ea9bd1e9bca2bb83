"""A commitment that an alert speaks of, as the burn-down chart takes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from convergedesk.desktop.charts.burn_down_figure import CommitmentPath
from convergedesk.domain.money import Money
from convergedesk.figures.wording import day, short_money

if TYPE_CHECKING:
    from convergedesk.figures.account_figures import PreparedBurnDown


def burn_path(prepared: PreparedBurnDown) -> CommitmentPath:
    """The commitment's way through its term as things are."""
    figure, path = prepared.figure, prepared.path()
    unspent = ""
    if path.exhausted is None and path.shortfall is not None and path.shortfall.middle.minor_units > 0:
        unspent = f"{short_money(path.shortfall.middle)} unspent"
    return CommitmentPath(
        first_day=path.first_day,
        last_day=path.last_day,
        commitment=path.commitment,
        left=path.left,
        forecast=path.forecast,
        low=path.low,
        high=path.high,
        even=path.even,
        exhausted=path.exhausted,
        left_text=f"{short_money(figure.left)} left",
        end_text=unspent,
        even_text="even pace",
    )


def burn_name(prepared: PreparedBurnDown) -> str:
    """What the chart shows, in words."""
    figure = prepared.figure
    term = f"{day(figure.starts_on)} to {day(figure.ends_on)}"
    return f"Left of {short_money(figure.promise)}, {figure.contract}, {term}"


def money_text(prepared: PreparedBurnDown) -> Callable[[float], str]:
    """Prints minor units of the commitment's currency, rounded."""
    currency = prepared.figure.promise.currency
    return lambda value: short_money(Money(round(value), currency))
