"""The five figures at the top of Home, each from what is measured and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from math import isnan
from operator import add
from typing import NamedTuple

from convergedesk.desktop.navigator import REJECTS, UNLINKED
from convergedesk.desktop.phrases import listing, long_month
from convergedesk.desktop.portfolio.usage_columns import weekly_mean
from convergedesk.desktop.portfolio.views import USAGE_FELL_BY, usage_fell
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import HomeSnapshot, PortfolioRow
from convergedesk.figures.wording import count, number, percent, short_money

_SPARK_DAYS = 90
_LATE_HIGH_DAYS = 3
_FAR = datetime.max.replace(tzinfo=UTC)


class Kpi(NamedTuple):
    """One figure of the strip.

    Attributes:
        label: What it is.
        value: The figure; an en dash where it cannot be measured yet.
        unit: Small, behind the value.
        context: The line under it.
        tone: Colour token of the context.
        icon: Phosphor name before the context; empty for none.
        note: Quiet text behind the context.
        trend: A small line beside the value; empty for none.
        goes_to: 'rejects', 'unlinked' or the key of a portfolio view that shows what is behind it.
    """

    label: str
    value: str
    unit: str = ""
    context: str = ""
    tone: str = "text_3"
    icon: str = ""
    note: str = ""
    trend: tuple[float | None, ...] = ()
    goes_to: str = ""


def kpis(snapshot: HomeSnapshot, rows: Sequence[PortfolioRow]) -> tuple[Kpi, ...]:
    """The strip for the accounts of the chosen pod; without sites, which are in their parent's figures."""
    return (
        usage_kpi(rows),
        money_kpi(rows),
        tickets_kpi(rows, snapshot.today),
        goals_kpi(rows),
        data_kpi(snapshot),
    )


def usage_kpi(rows: Sequence[PortfolioRow]) -> Kpi:
    """Usage of 28 days against the 28 before; added up only where all accounts count one unit."""
    label = "Usage, 28 days vs the 28 before"
    judged = [row for row in rows if row.usage_change is not None]
    if not judged:
        return Kpi(label, "–", context="no two periods of daily usage yet")
    fell = [row for row in judged if usage_fell(row)]
    context = f"{count(len(fell), 'account')} down {percent(USAGE_FELL_BY)} or more"
    tone, icon = ("critical", "trend-down") if fell else ("good", "check-circle")
    if not fell:
        context = f"no account down {percent(USAGE_FELL_BY)} or more"
    units = {row.spark.unit for row in judged}
    if len(units) > 1 or "" in units:
        rising = sum(1 for row in judged if (row.usage_change or 0.0) >= 0)
        return Kpi(
            label,
            number(rising),
            f"of {number(len(judged))} steady or up",
            context,
            tone,
            icon,
            goes_to="usage_down",
        )
    before = sum(row.usage_previous_28 or 0.0 for row in judged)
    change = sum(row.usage_28 or 0.0 for row in judged) / before - 1.0
    sign = "+" if round(change * 100, 1) > 0 else ""
    return Kpi(
        label,
        f"{sign}{number(round(change * 100, 1))}",
        "%",
        context,
        tone,
        icon,
        trend=weekly_mean(added_up(judged)),
        goes_to="usage_down",
    )


def added_up(rows: Iterable[PortfolioRow]) -> tuple[float | None, ...]:
    """Daily usage of all accounts together, up to the last day that all current ones reported.

    Days on which fewer than half of the accounts reported are left out (None).
    """
    sparks = [row.spark for row in rows if row.spark.last_day is not None and row.spark.values]
    if not sparks:
        return ()
    newest = max(spark.last_day or date.min for spark in sparks)
    # An account that stopped reporting weeks ago must not hold back the end of the line.
    end = min(s.last_day for s in sparks if s.last_day is not None and (newest - s.last_day).days <= 7)
    totals, reporting = [0.0] * _SPARK_DAYS, [0] * _SPARK_DAYS
    for spark in sparks:
        later = (end - spark.last_day).days if spark.last_day is not None else 0
        if not later and len(spark.values) == _SPARK_DAYS and not isnan(sum(spark.values)):
            # Nearly every account; this is read before the first paint, and there may be thousands.
            totals = list(map(add, totals, spark.values))
            reporting = [one + 1 for one in reporting]
            continue
        # The last value of the line stands on `end`; what an account reported later is not shown.
        for at, value in enumerate(spark.values, _SPARK_DAYS - len(spark.values) - later):
            if 0 <= at < _SPARK_DAYS and not isnan(value):
                totals[at] += value
                reporting[at] += 1
    return tuple(
        total if known * 2 >= len(sparks) else None for total, known in zip(totals, reporting, strict=True)
    )


def money_kpi(rows: Sequence[PortfolioRow]) -> Kpi:
    """What was billed in the last month with invoices, or the recurring revenue without any."""
    months = [row.billed_month for row in rows if row.billed is not None and row.billed_month is not None]
    if not months:
        return _recurring_kpi(rows)
    month = max(months)
    billed = [row.billed for row in rows if row.billed is not None and row.billed_month == month]
    main, others = _by_currency(billed)
    context = f"{number(len(billed))} of {count(len(rows), 'account')} invoiced"
    if others:
        apart = ", ".join(short_money(m) for m in others[:2])
        context = f"and {apart} · {number(len(billed))} of {count(len(rows), 'account')}"
    return Kpi(f"Billed, {long_month(month)}", short_money(main), context=context)


def _recurring_kpi(rows: Sequence[PortfolioRow]) -> Kpi:
    recurring = [row.mrr for row in rows if row.mrr is not None]
    if not recurring:
        return Kpi("Billed last month", "–", context="no invoices imported yet")
    main, others = _by_currency(recurring)
    context = f"{count(len(recurring), 'account')} with running subscriptions"
    if others:
        context = f"and {', '.join(short_money(m) for m in others[:2])} · {context}"
    return Kpi("Monthly recurring revenue", short_money(main), context=context)


def _by_currency(amounts: Iterable[Money]) -> tuple[Money, tuple[Money, ...]]:
    """Sums by currency, the one that most accounts use first."""
    amounts = tuple(amounts)
    uses = Counter(money.currency for money in amounts)
    sums = [
        Money(sum(m.minor_units for m in amounts if m.currency == currency), currency)
        for currency, _ in sorted(uses.items(), key=lambda item: (-item[1], item[0]))
    ]
    return sums[0], tuple(sums[1:])


def tickets_kpi(rows: Sequence[PortfolioRow], today: date) -> Kpi:
    """Open tickets of high priority, with the age of the oldest."""
    label = "Open high-priority tickets"
    high = sum(row.open_high for row in rows)
    everything = sum(row.open_tickets for row in rows)
    note = f"{number(everything)} open in all"
    waiting = [row for row in rows if row.oldest_high_opened_at is not None]
    if not high or not waiting:
        return Kpi(label, number(high), context="none open", tone="good", icon="check-circle", note=note)
    oldest = min(waiting, key=lambda row: row.oldest_high_opened_at or _FAR)
    age = days_open(oldest, today)
    late = age > _LATE_HIGH_DAYS
    return Kpi(
        label,
        number(high),
        context=f"oldest {count(age, 'day')}, {oldest.name}",
        tone="warning" if late else "text_3",
        icon="clock" if late else "",
        goes_to="high_open",
    )


def days_open(row: PortfolioRow, today: date) -> int:
    """Whole days since the oldest open high-priority ticket was opened."""
    opened = row.oldest_high_opened_at
    return 0 if opened is None else max(0, (today - opened.date()).days)


def goals_kpi(rows: Sequence[PortfolioRow]) -> Kpi:
    """Goals that are past their due day."""
    label = "Overdue goals"
    agreed = sum(row.goals_open for row in rows)
    overdue = sum(row.goals_overdue for row in rows)
    if not agreed and not overdue:
        return Kpi(label, "–", context="no goals agreed yet")
    unit = f"of {number(agreed)} open"
    if not overdue:
        return Kpi(label, "0", unit, "every goal is within its time", "good", "check-circle")
    names = [row.name for row in rows if row.goals_overdue]
    return Kpi(label, number(overdue), unit, listing(names, 2), "warning", "clock", goes_to="overdue")


def data_kpi(snapshot: HomeSnapshot) -> Kpi:
    """What the last imports could not place, over the whole workspace."""
    label = "Data to look at"
    if not snapshot.rejects and not snapshot.unlinked:
        return Kpi(label, "0", context="every row was read and linked", tone="good", icon="check-circle")
    parts: list[str] = []
    if snapshot.rejects:
        parts.append(f"{number(snapshot.rejects)} not taken in")
    if snapshot.unlinked:
        parts.append(f"{number(snapshot.unlinked)} to link")
    waiting = number(snapshot.rejects + snapshot.unlinked)
    where = REJECTS if snapshot.rejects else UNLINKED
    return Kpi(label, waiting, "", " · ".join(parts), "warning", "warning", goes_to=where)
