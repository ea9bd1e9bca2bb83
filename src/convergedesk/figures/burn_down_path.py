"""How commitments are drawn down, day by day, and on which day they are reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.account_figures import CommitmentFigure, Missing
from convergedesk.domain.billing import Commitment
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.pricing import rolled_over
from convergedesk.domain.terms import CommitmentKey, predecessor
from convergedesk.figures.account_money import AccountMoney
from convergedesk.figures.billed_months import BilledMonths
from convergedesk.figures.spend import TOO_LITTLE

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BurnDownPath:
    """A commitment's way through its term; amounts are minor units, and what is left may fall below 0.

    Attributes:
        first_day: First day of the term.
        last_day: Last day of the term.
        commitment: The promise as it stands now, with what rolled over into it.
        left: What was left at the end of each day up to the last known one, shape (n,).
        forecast: What is expected to be left at the end of each day after, shape (m,); NaN where unknown.
        low: The same at the upper likely limit of use, shape (m,).
        high: The same at the lower likely limit of use, shape (m,).
        even: What an even pace, or the contract's ramp, leaves, shape (n + m,).
        exhausted: The day on which the promise is reached; None where not within the term.
        exhausted_earliest: The same at the upper likely limit of use.
        exhausted_latest: The same at the lower likely limit.
        overage: Expected beyond the promise at the end of the term; None where nothing can be said.
        shortfall: Expected rest of the promise then; None likewise.
    """

    first_day: date
    last_day: date
    commitment: float
    left: Floats
    forecast: Floats
    low: Floats
    high: Floats
    even: Floats
    exhausted: date | None
    exhausted_earliest: date | None
    exhausted_latest: date | None
    overage: MoneyRange | None
    shortfall: MoneyRange | None


class BurnDowns:
    """The running commitments of an account in one currency, prepared so that a what-if is cheap."""

    def __init__(self, money: AccountMoney) -> None:
        """Lay out what was drawn so far."""
        self.money = money
        grid = money.grid
        self.end = min(max(grid.index(money.through) + 1, 0), grid.days)
        self._terms = [_Term(money, key, one) for key, one in money.running]
        self._fees = money.fees_by_day()
        self._actual, self._invoiced = self._so_far()
        self._made: tuple[float, list[Floats]] | None = None

    def __len__(self) -> int:
        """How many commitments."""
        return len(self._terms)

    def path(self, place: int, change: float = 0.0) -> BurnDownPath:
        """The way of one commitment.

        Args:
            place: Which, in the order in which they are drawn down.
            change: What-if: relative change of the use still to come, such as −0.1.
        """
        term = self._terms[place]
        used = self._cumulative(change)[place]
        end = min(max(self.end - term.start, 0), term.days)
        left = term.promise - used
        reached = [_first_reaching(curve, term.promise, term.first_day) for curve in used]
        over, short = self._outcome(term, used)
        return BurnDownPath(
            first_day=term.first_day,
            last_day=term.last_day,
            commitment=term.promise_now,
            left=left[0, :end],
            forecast=left[0, end:],
            low=left[2, end:],
            high=left[1, end:],
            even=term.promise - term.expected,
            exhausted=reached[0],
            exhausted_earliest=reached[2],
            exhausted_latest=reached[1],
            overage=over,
            shortfall=short,
        )

    def figure(self, place: int) -> CommitmentFigure:
        """The commitment's figure as it is kept."""
        money, term = self.money, self._terms[place]
        path = self.path(place)
        end = min(max(self.end - term.start, 0), term.days)
        spent = np.diff(self._cumulative(0.0)[place][0, :end], prepend=0.0)
        invoiced = self._invoiced[term.slice][:end]
        used = float(spent.sum())
        due = float(term.expected[end - 1]) if end else 0.0

        def amount(value: float) -> Money:
            return Money(round(value), money.currency)

        return CommitmentFigure(
            contract_id=term.key.contract_id,
            place=term.key.place,
            contract=next((c.name for c in money.contracts if c.id == term.key.contract_id), ""),
            meter_ids=term.commitment.meter_ids,
            promise=amount(term.promise_now),
            rolled_over=amount(term.rolled),
            starts_on=term.first_day,
            ends_on=term.last_day,
            prepaid=term.commitment.prepaid,
            through=money.through,
            billed=amount(float(spent[invoiced].sum())),
            accrued=amount(float(spent[~invoiced].sum())),
            used=amount(used),
            expected_by_now=amount(due),
            pace=used / due if due > 0.0 else None,
            exhausted=path.exhausted,
            exhausted_earliest=path.exhausted_earliest,
            exhausted_latest=path.exhausted_latest,
            overage=path.overage,
            shortfall=path.shortfall,
            change_to_last=self._change_to_last(place) if path.overage is not None else None,
            missing=self._missing(term),
        )

    def pace_on(self, place: int, day: date) -> float | None:
        """Used ÷ expected at the end of an earlier day of the term; None outside it."""
        term = self._terms[place]
        at = (day - term.first_day).days
        if not 0 <= at < min(self.end - term.start, term.days) or term.expected[at] <= 0.0:
            return None
        return float(self._cumulative(0.0)[place][0, at] / term.expected[at])

    def _missing(self, term: _Term) -> tuple[Missing, ...]:
        found = [
            Missing(f"“{meter.name}” is used and not in it. {why}", "Add its price under Contract.")
            for meter, why in self.money.unpriced
            if not term.commitment.meter_ids or meter.id in term.commitment.meter_ids
        ]
        if self.money.usage_through is None:
            found.append(Missing("No daily usage is known.", "Import usage by day and meter."))
        elif self.money.joint is None and self.money.grid.index(term.last_day) >= self.end:
            found.append(TOO_LITTLE)
        return tuple(found)

    def _change_to_last(self, place: int) -> float | None:
        """By how much use from now on would have to change to reach the promise on the last day."""
        term = self._terms[place]
        promise = float(term.promise[-1])
        used = self._cumulative(0.0)[place]
        end = min(max(self.end - term.start, 0), term.days)
        so_far = float(used[0, end - 1]) if end else 0.0
        coming = float(used[0, -1]) - so_far
        if coming <= 0.0 or not np.isfinite(coming):
            return None
        change = max((promise - so_far) / coming - 1.0, -1.0)
        if change < 0.0:
            missed = float(self._cumulative(change)[place][0, -1]) - promise
            change = max(change - missed / coming, -1.0)
        return change

    def _outcome(self, term: _Term, used: Floats) -> tuple[MoneyRange | None, MoneyRange | None]:
        ends = used[:, -1]
        if not np.isfinite(ends).all():
            return None, None
        promise = float(term.promise[-1])
        mark_up = 1.0 + term.commitment.overage_share
        over = np.maximum(ends - promise, 0.0) * mark_up
        short = np.maximum(promise - ends, 0.0)
        currency = self.money.currency

        def between(middle: float, low: float, high: float) -> MoneyRange:
            return MoneyRange(*(Money(round(value), currency) for value in (middle, low, high)))

        return (
            between(float(over[0]), float(over[1]), float(over[2])),
            between(float(short[0]), float(short[2]), float(short[1])),
        )

    def _cumulative(self, change: float) -> list[Floats]:
        """Cumulative use of each commitment's charges by day of its term, shape (3, term days)."""
        if self._made is not None and self._made[0] == change:
            return self._made[1]
        pools = self._pools(change)
        found: list[Floats] = []
        for term in self._terms:
            daily = np.sum(pools[term.pools], axis=0)
            used = np.cumsum(daily[:, term.slice], axis=1)
            found.append(used)
            if len(self._terms) > 1:
                self._leave_the_rest(pools, term, used)
        self._made = (change, found)
        return found

    def _pools(self, change: float) -> Floats:
        """Charges by day, one entry a meter and the fees last, shape (pools, 3, days)."""
        money, grid = self.money, self.money.grid
        pools = np.repeat(self._actual[:, np.newaxis], 3, axis=1)
        if self.end == grid.days:
            return pools
        if money.joint is None:
            pools[:, :, self.end :] = np.nan
            return pools
        row = min(max(money.month, 0), grid.months - 1)
        start = int(grid.starts[row])
        factors = money.joint[:, start:] * max(1.0 + change, 0.0)
        for n, one in enumerate(money.meters):
            ahead = one.money_ahead(grid, row, grid.months, one.ahead[:1, start:] * factors)
            pools[n, :, self.end :] = ahead[:, self.end - start :]
        pools[-1, :, self.end :] = self._fees[self.end :]
        return pools

    def _leave_the_rest(self, pools: Floats, term: _Term, used: Floats) -> None:
        """What one commitment has drawn, the next ones do not draw again."""
        beyond = np.diff(np.maximum(used - term.promise, 0.0), axis=1, prepend=0.0)
        drawn = np.diff(used, axis=1, prepend=0.0)
        rest = np.divide(beyond, drawn, out=np.zeros_like(drawn), where=drawn > 0.0)
        for n in term.pools:
            pools[n][:, term.slice] *= np.clip(rest, 0.0, 1.0)

    def _so_far(self) -> tuple[Floats, NDArray[np.bool_]]:
        """Charges of the known days, shape (pools, days), and which days are invoiced, shape (days,)."""
        money, grid = self.money, self.money.grid
        charges = np.array([*(one.past for one in money.meters), self._fees])
        charges[:, self.end :] = 0.0
        invoiced = np.zeros(grid.days, dtype=np.bool_)
        for row in range(grid.months):
            days = slice(int(grid.starts[row]), int(grid.starts[row + 1]))
            month = grid.first_of(row)
            parts = money.billed.by_month.get(month)
            if parts is None or days.stop > self.end:
                continue
            invoiced[days] = True
            if month in money.billed.with_lines:
                amounts = [float(parts.get(one.meter.id, 0)) for one in money.meters]
                targets = [*amounts, sum(parts.values()) - sum(amounts)]
            else:
                priced = charges[:, days].sum(axis=1)
                share = priced / priced.sum() if priced.sum() > 0.0 else np.eye(priced.size)[-1]
                targets = (sum(parts.values()) * share).tolist()
            for n, target in enumerate(targets):
                charges[n, days] = _scaled(charges[n, days], target)
        return charges, invoiced


def _scaled(shape: Floats, total: float) -> Floats:
    """Amounts of that shape that add up to `total`; evenly where there is no shape."""
    whole = float(shape.sum())
    return shape * (total / whole) if whole > 0.0 else np.full(shape.size, total / shape.size)


class _Term:
    """One commitment on the grid of its account."""

    def __init__(self, money: AccountMoney, key: CommitmentKey, commitment: Commitment) -> None:
        self.key = key
        self.commitment = commitment
        self.first_day, self.last_day = commitment.starts_on, commitment.ends_on
        self.start = money.grid.index(self.first_day)
        self.days = (self.last_day - self.first_day).days + 1
        self.slice = slice(self.start, self.start + self.days)
        self.pools = [
            n
            for n in range(len(money.meters) + 1)
            if not commitment.meter_ids
            or (n < len(money.meters) and money.meters[n].meter.id in commitment.meter_ids)
        ]
        self.rolled = float(_rolled(money, commitment))
        self.promise = np.full(self.days, float(commitment.amount.minor_units)) + self.rolled
        self.expected = (self.promise[0] * np.arange(1, self.days + 1)) / self.days
        before = float(commitment.amount.minor_units)
        for ramp in sorted(commitment.ramps, key=lambda one: one.effective_from):
            at = max((ramp.effective_from - self.first_day).days, 0)
            if at >= self.days:
                continue
            step = ramp.amount.minor_units - before
            self.promise[at:] += step
            self.expected[at:] += step * np.arange(1, self.days - at + 1) / (self.days - at)
            before = float(ramp.amount.minor_units)
        today = min(max((money.today - self.first_day).days, 0), self.days - 1)
        self.promise_now = float(self.promise[today])


def _rolled(money: AccountMoney, commitment: Commitment) -> int:
    """What the term before left to this one, by what was billed in it."""
    used: dict[CommitmentKey, Money] = {}
    current = commitment
    for _ in range(len(money.contracts) + 1):
        before = predecessor(money.contracts, current)
        if before is None or before[0] in used:
            break
        used[before[0]] = Money(_billed_within(money.billed, before[1]), money.currency)
        current = before[1]
    return rolled_over(money.contracts, commitment, used).minor_units


def _billed_within(billed: BilledMonths, term: Commitment) -> int:
    months = [m for m in billed.by_month if term.starts_on.replace(day=1) <= m <= term.ends_on]
    return sum(billed.total(month, term.meter_ids) or 0 for month in months)


def _first_reaching(used: Floats, promise: Floats, first_day: date) -> date | None:
    reached = np.flatnonzero(used >= promise)
    return first_day + timedelta(days=int(reached[0])) if reached.size else None
