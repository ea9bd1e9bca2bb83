"""No account is so odd that a figure of it fails or is made up."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from convergedesk.domain.account_figures import AccountFigures
from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Entitlement,
    MeterPrice,
    PriceModel,
    PriceTier,
    Ramp,
    SlaTerm,
)
from convergedesk.domain.episodes import Episode, EpisodeId, KeptRestoration
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import Aggregation, Granularity, Meter, MeterId, UsageSeries
from convergedesk.figures.account_figures import AccountFacts, account_figures_of, money_of
from convergedesk.figures.account_words import (
    why_adoption,
    why_commitment,
    why_factor,
    why_health,
    why_spend,
)
from convergedesk.figures.billed_months import by_currency
from convergedesk.figures.burn_down_path import BurnDowns
from convergedesk.figures.cost_words import why_cost
from convergedesk.figures.episodes import MeterRows
from convergedesk.figures.episodes import account_figures as effects_json
from convergedesk.figures.openings import openings_of
from convergedesk.figures.retained import retained, why_retention
from convergedesk.figures.spend_total import spend_total_of, why_spend_total
from convergedesk.figures.study_inputs import AccountStudy, LocalTicket, Surroundings, study_of
from convergedesk.figures.under_use_book import under_use_book, why_under_use
from convergedesk.figures.why import as_text
from convergedesk.store.billed_months import BilledMonth
from convergedesk.store.kept_form import from_text, to_text
from convergedesk.store.study_inputs import StudyTicket
from tests.insights.worlds import odd_series

ACME = AccountId(1)
METERS = {
    MeterId(1): Meter(MeterId(1), "events", "Events", "event"),
    MeterId(2): Meter(MeterId(2), "calls", "Calls", "event"),
    MeterId(3): Meter(MeterId(3), "storage", "Storage", "GB", Aggregation.MAX),
    MeterId(4): Meter(MeterId(4), "seats", "Seats", "seat", Aggregation.LAST),
}
# The days around both changes of the clocks, the leap day, and the turn of the year.
TODAYS = (date(2024, 2, 29), date(2024, 3, 1), date(2026, 3, 29), date(2026, 10, 25), date(2026, 1, 1))
NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
_money = st.builds(Money, st.integers(-(10**9), 10**11), st.sampled_from(["EUR", "USD", "JPY"]))


@st.composite
def prices(draw: st.DrawFn, meter: MeterId, day: date) -> MeterPrice:
    model = draw(st.sampled_from(list(PriceModel)))
    size = Decimal(25) if model is PriceModel.PACKAGE else None
    steps = [] if model is PriceModel.FLAT else [PriceTier(Decimal(1000), Decimal("0.3"), 0, size)]
    unit = Decimal(draw(st.sampled_from(["0", "0.00004", "2.5"])))
    return MeterPrice(
        meter, day, model, (*steps, PriceTier(None, unit, draw(st.sampled_from([0, 500])), size))
    )


@st.composite
def contract(draw: st.DrawFn, number: int, today: date) -> Contract:
    currency = draw(st.sampled_from(["EUR", "USD", "JPY"]))
    start = today - timedelta(days=draw(st.integers(-40, 500)))
    end = draw(st.sampled_from([None, start + timedelta(days=365), start + timedelta(days=20)]))
    sold = draw(st.lists(st.sampled_from(list(METERS)), unique=True))
    terms: list[Commitment] = []
    for _ in range(draw(st.integers(0, 2))):
        begin = start + timedelta(days=draw(st.integers(0, 40)))
        ramp = Ramp(
            begin + timedelta(days=draw(st.integers(0, 500))), Money(draw(st.integers(1, 10**8)), currency)
        )
        terms.append(
            Commitment(
                begin,
                begin + timedelta(days=draw(st.sampled_from([0, 27, 364, 730]))),
                Money(draw(st.sampled_from([1, 10**6, 10**9])), currency),
                tuple(draw(st.lists(st.sampled_from(list(METERS)), unique=True, max_size=2))),
                draw(st.sampled_from([(), (ramp,)])),
                draw(st.sampled_from([0.0, 0.5])),
                draw(st.booleans()),
                draw(st.sampled_from([0.0, 0.1])),
            )
        )
    return Contract(
        ContractId(number),
        ACME,
        None,
        f"Order form {number}",
        start,
        end,
        currency,
        amends_id=draw(st.sampled_from([None, ContractId(1)])) if number > 1 else None,
        prices=tuple(draw(prices(meter, start)) for meter in sold),
        entitlements=tuple(Entitlement(meter, start, Decimal(100)) for meter in sold[:1]),
        commitments=tuple(terms),
        sla_terms=(SlaTerm(start, 3, 30, 600, 0.1, 0.15),),
    )


@st.composite
def bills(draw: st.DrawFn, today: date) -> tuple[BilledMonth, ...]:
    found: list[BilledMonth] = []
    for back in range(draw(st.integers(0, 26))):
        number = today.year * 12 + today.month - 1 - back
        amount = draw(_money)
        lines = draw(st.sampled_from([{}, {MeterId(1): amount.minor_units // 2}]))
        month = date(number // 12, number % 12 + 1, 1)
        through = month + timedelta(days=27)
        found.append(BilledMonth(ACME, month, amount.currency, amount.minor_units, lines, not lines, through))
    return tuple(found)


@st.composite
def accounts(draw: st.DrawFn) -> tuple[AccountStudy, AccountFacts, list[Episode], date]:
    today = draw(st.sampled_from(TODAYS))
    series: list[UsageSeries] = []
    for meter in draw(st.lists(st.sampled_from(list(METERS)), unique=True)):
        values: NDArray[np.float64] = draw(odd_series(90))
        # No source can state what is no number.
        values = np.where(np.abs(values) <= 1e18, values, np.nan)
        # Data may end in the future: a clock that is wrong, or days that are not over.
        first = today - timedelta(days=values.size + draw(st.sampled_from([-3, 0, 1, 40])))
        if values.size:
            series.append(UsageSeries(ACME, meter, Granularity.DAY, first, values))
    if draw(st.booleans()):
        month = today.replace(day=1)
        series.append(UsageSeries(ACME, MeterId(1), Granularity.MONTH, month, np.array([5.0, math.nan, 7.0])))
    tickets: list[LocalTicket] = []
    for number in range(draw(st.integers(0, 3))):
        opened = today - timedelta(days=draw(st.integers(0, 130)))
        closed = draw(st.sampled_from([None, opened + timedelta(days=2)]))
        ended = None if closed is None else datetime.combine(closed, datetime.min.time(), UTC)
        began = datetime.combine(opened, datetime.min.time(), UTC)
        ticket = StudyTicket(TicketId(number), ACME, began, ended, draw(st.booleans()), str(number), 3, 45)
        tickets.append(LocalTicket(ticket, opened, closed))
    around = Surroundings(METERS, {ACME: Account(ACME, "Acme", tier="Growth")}, (), today)
    study = study_of(ACME, series, tickets, None, around)
    facts = AccountFacts(
        tuple(draw(contract(number, today)) for number in range(1, draw(st.integers(1, 4)))),
        by_currency(draw(bills(today))),
        (),
        (),
        draw(st.sampled_from([(), (today - timedelta(days=9),)])),
    )
    episodes = [
        Episode(
            EpisodeId(0),
            ACME,
            (local.ticket.id,),
            local.opened_on,
            local.resolved_on,
            local.ticket.high,
            KeptRestoration(3.0, True, local.opened_on, local.opened_on + timedelta(days=3), 3.0, None),
            None,
            (),
        )
        for local in tickets[:2]
    ]
    return study, facts, episodes, today


def everything(
    study: AccountStudy, facts: AccountFacts, episodes: list[Episode], today: date
) -> AccountFigures:
    kept = json.dumps(effects_json(study, MeterRows.of(study).with_affected(episodes)), allow_nan=False)
    return account_figures_of(study, episodes, kept, facts, METERS, today=today, now=NOW)


def currencies(value: Any) -> set[str]:
    """Every currency inside a figure."""
    if isinstance(value, Money):
        return {value.currency}
    if isinstance(value, tuple):
        return {one for part in value for one in currencies(part)}
    if is_dataclass(value):
        return {one for field in fields(value) for one in currencies(getattr(value, field.name))}
    return set()


def in_order(limits: MoneyRange) -> None:
    assert limits.low.minor_units <= limits.middle.minor_units <= limits.high.minor_units


def all_finite(value: Any) -> None:
    if isinstance(value, float):
        assert math.isfinite(value)
    elif isinstance(value, tuple):
        for one in value:
            all_finite(one)
    elif is_dataclass(value):
        for field in fields(value):
            all_finite(getattr(value, field.name))


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(accounts())
def test_every_figure_of_an_odd_account(
    odd: tuple[AccountStudy, AccountFacts, list[Episode], date],
) -> None:
    study, facts, episodes, today = odd
    found = everything(study, facts, episodes, today)
    assert from_text(to_text(found, AccountFigures), AccountFigures) == found
    all_finite(found)
    assert found.as_of is None or found.as_of < today
    for spend in found.spend:
        assert currencies(spend) == {spend.currency}
        assert (spend.forecast is None) == (spend.low is None) == (spend.high is None)
        if spend.forecast is not None and spend.low is not None and spend.high is not None:
            in_order(MoneyRange(spend.forecast, spend.low, spend.high))
        else:
            assert spend.missing
        assert as_text(why_spend(spend, "1-acme"))
    for commitment in found.commitments:
        assert currencies(commitment) == {commitment.promise.currency}
        for limits in (commitment.overage, commitment.shortfall):
            if limits is not None:
                in_order(limits)
        if commitment.overage is None:
            assert commitment.missing or commitment.exhausted_latest is None
        assert as_text(why_commitment(commitment, "1-acme"))
    health = found.health
    assert (health.score is None) == (health.band is None)
    assert health.score is None or 0.0 <= health.score <= 100.0
    for factor in health.factors:
        assert (factor.points is None) == bool(factor.missing)
        assert as_text(why_factor(health, factor.factor, "1-acme"))
    assert as_text(why_health(health, "1-acme"))
    if found.adoption is not None:
        assert found.adoption.used <= found.adoption.entitled
        assert as_text(why_adoption(found.adoption, "1-acme", found.as_of))
    for cost in found.costs:
        assert len(currencies(cost.value)) <= 1
        assert as_text(why_cost(cost, "1"))
    if not study.usage.meters:
        assert found.as_of is None
        assert not found.spend
        assert health.score is None
        assert not found.costs
        assert any("usage" in one.what for one in found.missing)


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(accounts(), st.sampled_from([-1.0, -0.5, 0.0, 0.1, 3.0]))
def test_a_what_if_leaves_what_was_used_as_it_is(
    odd: tuple[AccountStudy, AccountFacts, list[Episode], date], change: float
) -> None:
    study, facts, episodes, today = odd
    for money in money_of(study, episodes, facts, today):
        burning = BurnDowns(money)
        for place in range(len(burning)):
            path, other = burning.path(place), burning.path(place, change)
            days = (path.last_day - path.first_day).days + 1
            assert path.left.size + path.forecast.size == path.even.size == days
            assert np.array_equal(path.left, other.left)
            known = np.isfinite(path.forecast)
            assert np.array_equal(known, np.isfinite(other.forecast))


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(st.lists(accounts(), max_size=3))
def test_the_book_of_odd_accounts(
    odd: list[tuple[AccountStudy, AccountFacts, list[Episode], date]],
) -> None:
    figures: dict[AccountId, AccountFigures] = {}
    book: list[Account] = []
    for number, (study, facts, episodes, today) in enumerate(odd, 1):
        figures[AccountId(number)] = everything(study, facts, episodes, today)
        book.append(Account(AccountId(number), f"Account {number}", tier=None))
    compared = under_use_book(figures, book, lambda _: {})
    for row in compared.rows:
        assert as_text(why_under_use(row, compared))
    openings = openings_of(figures, book, compared)
    for opening in openings.rows:
        assert len(currencies(opening.value)) <= 1
        assert opening.value is not None or opening.missing
        assert as_text(opening.why)
    assert openings.rows or openings.missing or figures
    total = spend_total_of(figures.values(), None, (), date(2026, 12, 10))
    assert len({one.currency for one in total.by_currency}) == len(total.by_currency)
    assert total.converted is None or len(total.by_currency) == 1
    assert as_text(why_spend_total(total))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TODAYS).flatmap(lambda day: st.tuples(st.just(day), bills(day))))
def test_retention_of_odd_bills(odd: tuple[date, tuple[BilledMonth, ...]]) -> None:
    today, billed = odd
    for one in retained(billed, (), {}, today):
        assert (one.nrr is None) == (one.grr is None) == bool(one.missing)
        assert one.grr is None or one.grr <= 1.0
        assert one.nrr is None or one.grr is None or one.grr <= one.nrr
        assert as_text(why_retention(one))
        assert currencies(one) == {one.currency}
