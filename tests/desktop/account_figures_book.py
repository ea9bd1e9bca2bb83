"""What is kept of one account beside its tickets: health, spend, a commitment with its course, adoption."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from convergedesk.domain.account_figures import (
    AccountFigures,
    AdoptionFigure,
    CommitmentFigure,
    HealthFactor,
    HealthFigure,
    MeterAdoption,
    MeterSpend,
    Missing,
    SpendFigure,
)
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import ContractId
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.usage import MeterId
from convergedesk.figures.burn_down_path import BurnDownPath
from convergedesk.figures.retained import BILLED, COMMITTED, RetentionFigure
from convergedesk.insights.health import Factor

MARLOWE = AccountId(4)
THROUGH = date(2026, 12, 9)
TERM_START, TERM_END = date(2026, 4, 1), date(2027, 3, 31)
PROMISE = 126_000_000
_TITLES = {
    Factor.USAGE: ("Usage vs expected", 88.0, "in range"),
    Factor.GOALS: ("Goals on track", 67.0, "2 of 3 on track"),
    Factor.RESTORED: ("Value restored", 58.0, "after 3 of 4 dips"),
    Factor.BLOCKING: ("Blocking tickets", 80.0, "none open"),
    Factor.COMMITMENT: ("Commitment pace", 64.0, "112 % of its pace"),
    Factor.BREADTH: ("Adoption breadth", 74.0, "4 of 5 features in use"),
}


def euros(minor: float) -> Money:
    return Money(round(minor), "EUR")


def factor(kind: Factor, **changes: Any) -> HealthFactor:
    title, points, sentence = _TITLES[kind]
    whole = HealthFactor(
        factor=kind.value,
        title=title,
        value=0.5,
        points=points,
        weight=1 / 6,
        contribution=points / 6,
        room=(100 - points) / 6,
        sentence=sentence,
        raise_by="“Manual re-sends a week” on track" if kind is Factor.GOALS else "",
        gain=5.5 if kind is Factor.GOALS else 0.0,
    )
    return replace(whole, **changes)


def health(**changes: Any) -> HealthFigure:
    """71.8, on watch, four points up."""
    whole = HealthFigure(
        score=71.8,
        band="watch",
        factors=tuple(factor(kind) for kind in Factor),
        way_up="“Manual re-sends a week” on track",
        way_up_points=5.5,
        before=68.0,
        before_on=date(2026, 11, 11),
        method="1",
        as_of=THROUGH,
    )
    return replace(whole, **changes)


def spend(**changes: Any) -> SpendFigure:
    """The ninth of December: €33.1k accrued, €114.4k forecast."""
    events = MeterSpend(
        MeterId(1), "Events delivered", "event", 9e6, euros(3_000_000), None, None, None, euros(9_000_000)
    )
    whole = SpendFigure(
        currency="EUR",
        month=date(2026, 12, 1),
        through=THROUGH,
        days_over=9,
        days_in_month=31,
        accrued=euros(3_310_000),
        forecast=euros(11_440_000),
        low=euros(10_900_000),
        high=euros(12_000_000),
        usual=euros(11_500_000),
        fees=None,
        meters=(events,),
    )
    return replace(whole, **changes)


def commitment(**changes: Any) -> CommitmentFigure:
    """Runs out on 28 Feb, a month early."""
    whole = CommitmentFigure(
        contract_id=ContractId(1),
        place=0,
        contract="Order form 2026",
        meter_ids=(),
        promise=euros(PROMISE),
        rolled_over=euros(0),
        starts_on=TERM_START,
        ends_on=TERM_END,
        prepaid=True,
        through=THROUGH,
        billed=euros(92_500_000),
        accrued=euros(3_310_000),
        used=euros(95_810_000),
        expected_by_now=euros(87_300_000),
        pace=1.1,
        exhausted=date(2027, 2, 28),
        exhausted_earliest=date(2027, 2, 21),
        exhausted_latest=date(2027, 3, 7),
        overage=money_range(11_500_000),
        shortfall=money_range(0),
        change_to_last=-0.27,
    )
    return replace(whole, **changes)


def money_range(middle: float) -> MoneyRange:
    return MoneyRange(euros(middle), euros(middle * 0.8), euros(middle * 1.2))


class Course:
    """A commitment that is drawn down evenly, faster or slower with the change."""

    def __init__(self, figure: CommitmentFigure | None = None) -> None:
        self._figure = figure or commitment()
        self.asked: list[float] = []

    @property
    def figure(self) -> CommitmentFigure:
        return self._figure

    def path(self, change: float = 0.0) -> BurnDownPath:
        self.asked.append(change)
        known = (THROUGH - TERM_START).days + 1
        term = (TERM_END - TERM_START).days + 1
        used = self._figure.used.minor_units
        left = PROMISE - used * np.arange(1, known + 1) / known
        ahead = np.arange(1, term - known + 1)
        daily = used / known * (1 + change)
        forecast = left[-1] - daily * ahead
        gone = np.flatnonzero(forecast <= 0)
        rest = max(float(forecast[-1]), 0.0)
        out = THROUGH + timedelta(days=int(ahead[gone[0]])) if len(gone) else None
        return BurnDownPath(
            first_day=TERM_START,
            last_day=TERM_END,
            commitment=float(PROMISE),
            left=left,
            forecast=forecast,
            low=forecast - daily,
            high=forecast + daily,
            even=np.linspace(PROMISE, 0, term),
            exhausted=out,
            exhausted_earliest=None if out is None else out - timedelta(days=7),
            exhausted_latest=None if out is None else out + timedelta(days=7),
            overage=money_range(max(-float(forecast[-1]), 0.0)),
            shortfall=money_range(rest),
        )


def meter_adoption(number: int, **changes: Any) -> MeterAdoption:
    whole = MeterAdoption(
        meter_id=MeterId(number),
        key=f"m{number}",
        name=f"Feature {number}",
        unit="event",
        entitled=True,
        included=None,
        first_used=date(2026, 1, 1),
        last_used=THROUGH,
        units_28=2800.0,
        units_90=9000.0,
        depth=None,
        months=(*(float(n) for n in range(100, 1200, 100)), None),
        state="in use",
    )
    return replace(whole, **changes)


def adoption(**changes: Any) -> AdoptionFigure:
    """One feature in use, one not lately, one never."""
    whole = AdoptionFigure(
        used=1,
        entitled=3,
        by_contract=True,
        breadth=1 / 3,
        stickiness=1.0,
        months=tuple(date(2026, month, 1) for month in range(1, 13)),
        meters=(
            meter_adoption(1),
            meter_adoption(2, state="not used lately", units_28=0.0),
            meter_adoption(3, state="never used", units_28=None, units_90=None, months=(0.0,) * 12),
        ),
    )
    return replace(whole, **changes)


def figures(**changes: Any) -> AccountFigures:
    whole = AccountFigures(
        account_id=MARLOWE,
        computed_at=datetime(2026, 12, 10, 6, tzinfo=UTC),
        as_of=THROUGH,
        health=health(),
        spend=(spend(),),
        commitments=(commitment(),),
        adoption=adoption(),
        costs=(),
        missing=(),
    )
    return replace(whole, **changes)


def nothing_known() -> AccountFigures:
    """An account of which only its name is known."""
    lacks = (Missing("No usage by day is known.", "Import usage by day and meter."),)
    empty = tuple(
        factor(kind, value=None, points=None, weight=0.0, sentence="", missing="Usage by day brings it.")
        for kind in Factor
    )
    unknown = health(score=None, band=None, factors=empty, way_up="", way_up_points=None, before=None)
    return figures(health=unknown, spend=(), commitments=(), adoption=None, missing=lacks, as_of=None)


def retained() -> tuple[RetentionFigure, ...]:
    """Billed 108 and 97 %, committed not known."""
    known = RetentionFigure(
        basis=BILLED,
        currency="EUR",
        nrr=1.08,
        grr=0.97,
        starting=euros(100_000_000),
        ending=euros(108_000_000),
        expansion=euros(11_000_000),
        contraction=euros(3_000_000),
        churned=euros(0),
        accounts=1,
        left=0,
        before=(date(2024, 12, 1), date(2025, 11, 30)),
        now=(date(2025, 12, 1), date(2026, 11, 30)),
        missing="",
    )
    unknown = replace(known, basis=COMMITTED, nrr=None, grr=None, missing="No commitment ran a year ago.")
    return known, unknown
