"""Health, spend, commitments, adoption and costs of the sample's accounts, kept and kept true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from convergedesk.domain.account_figures import AccountFigures
from convergedesk.domain.accounts import AccountId
from convergedesk.figures.billing_view import is_billed
from convergedesk.figures.openings import OpeningKind
from convergedesk.figures.retained import COMMITTED
from convergedesk.figures.under_use_book import NEVER, REVIEW
from convergedesk.store import contracts, goals, tickets
from convergedesk.store.billing import invoices_of
from convergedesk.store.keys import Key
from convergedesk.workspace.account_figures import (
    account_figures,
    burn_downs,
    episode_costs,
    health_history,
    openings,
    portfolio_figures,
    retention_of,
    spend_total,
    ticket_cost,
    under_use,
)
from convergedesk.workspace.accounts import account_header, find_account
from convergedesk.workspace.explain import explain
from convergedesk.workspace.insights import refresh_insights
from convergedesk.workspace.sample.build import build_sample
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.session import Workspace, open_workspace

KEY = Key.random()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("figures") / "sample.converge"
    build_sample(path, KEY, SampleSpec())
    with open_workspace(path, KEY) as opened:
        refresh_insights(opened)
    return path


@pytest.fixture(scope="module")
def sample(built: Path) -> Iterator[Workspace]:
    """For tests that read."""
    with open_workspace(built, KEY) as opened:
        yield opened


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Iterator[Workspace]:
    """For tests that write."""
    path = tmp_path / "copy.converge"
    path.write_bytes(built.read_bytes())
    with open_workspace(path, KEY) as opened:
        yield opened


def of(workspace: Workspace, name: str) -> tuple[AccountId, AccountFigures]:
    account = find_account(workspace, name)
    found = account_figures(workspace, account)
    assert found is not None
    return account, found


def test_months_are_priced_as_they_were_billed(sample: Workspace) -> None:
    """The sample's invoices price whole months; so do the figures, of the same units."""
    compared = 0
    for name in ("Marlowe Freight", "Kestrel Payments", "Fernhill Retail", "Ostara Foods"):
        account, found = of(sample, name)
        (spend,) = found.spend
        billed: dict[int, list[int]] = {}
        for invoice in invoices_of(sample.store, [account])[:6]:
            inside = date(2026, 9, 1) <= (invoice.period_start or invoice.issued_on) <= date(2026, 11, 1)
            for line in invoice.lines if inside and is_billed(invoice) else ():
                if line.meter_id is not None:
                    billed.setdefault(line.meter_id, []).append(line.amount.minor_units)
        for meter in spend.meters:
            amounts = sorted(billed.get(meter.meter_id, []))
            if len(amounts) == 3:
                assert meter.usual is not None
                assert abs(meter.usual.minor_units - amounts[1]) <= 1
                compared += 1
    assert compared >= 12


def test_the_forecast_of_a_month_holds_what_is_accrued_and_lies_within_its_limits(sample: Workspace) -> None:
    for found in portfolio_figures(sample).values():
        for spend in found.spend:
            assert spend.accrued.currency == spend.currency
            if spend.forecast is None or spend.low is None or spend.high is None:
                assert spend.missing
                continue
            assert spend.accrued <= spend.low <= spend.forecast <= spend.high


def test_what_a_commitment_was_billed_is_what_the_head_of_the_account_says(sample: Workspace) -> None:
    account, found = of(sample, "Marlowe Freight")
    (commitment,) = found.commitments
    shown = account_header(sample, account).commitment
    assert shown is not None
    assert commitment.billed == shown.billed
    assert commitment.used.minor_units == pytest.approx(
        commitment.billed.minor_units + commitment.accrued.minor_units, abs=1
    )
    assert commitment.prepaid
    assert commitment.exhausted is not None
    assert commitment.exhausted_earliest is not None
    assert commitment.exhausted_earliest <= commitment.exhausted < commitment.ends_on
    assert commitment.pace is not None
    assert 1.05 < commitment.pace < 1.2


def test_a_what_if_moves_the_day_and_the_change_that_lasts_reaches_the_end(sample: Workspace) -> None:
    account, found = of(sample, "Marlowe Freight")
    (prepared,) = burn_downs(sample, account)
    assert prepared.figure == found.commitments[0]
    path, less, more = (prepared.path(change) for change in (0.0, -0.1, 0.2))
    assert path.exhausted is not None
    assert less.exhausted is not None
    assert more.exhausted is not None
    assert more.exhausted < path.exhausted < less.exhausted
    assert np.array_equal(path.left, less.left)
    assert path.left[-1] == pytest.approx(prepared.figure.left.minor_units, abs=2)
    assert (path.low <= path.forecast).all()
    assert (path.forecast <= path.high).all()
    lasting = prepared.figure.change_to_last
    assert lasting is not None
    last = prepared.path(lasting)
    assert abs(last.forecast[-1]) < 0.01 * last.commitment


def test_nothing_is_computed_twice_and_a_goal_concerns_its_own_account(workspace: Workspace) -> None:
    assert not refresh_insights(workspace).accounts
    account, before = of(workspace, "Kestrel Payments")
    mine = goals.of_accounts(workspace.store, [account])
    goals.delete(workspace.store, mine[0].id, now=workspace.clock.now())
    assert refresh_insights(workspace).accounts == {account}
    _, after = of(workspace, "Kestrel Payments")
    assert after.health != before.health
    assert after.spend == before.spend


def test_a_changed_price_changes_the_forecast(workspace: Workspace) -> None:
    account, before = of(workspace, "Solvane Energy")
    held = contracts.of_accounts(workspace.store, [account])[0]
    dearer = tuple(
        replace(
            price, tiers=tuple(replace(tier, unit_price=tier.unit_price * Decimal(2)) for tier in price.tiers)
        )
        for price in held.prices
    )
    contracts.replace(
        workspace.store, replace(held, prices=dearer), now=workspace.clock.now() + timedelta(hours=1)
    )
    assert account in refresh_insights(workspace).accounts
    _, after = of(workspace, "Solvane Energy")
    assert before.spend[0].forecast is not None
    assert after.spend[0].forecast is not None
    assert after.spend[0].forecast.minor_units > 1.5 * before.spend[0].forecast.minor_units


def test_without_contracts_nothing_is_priced_and_the_figures_say_what_is_missing(
    workspace: Workspace,
) -> None:
    account, _ = of(workspace, "Kestrel Payments")
    for held in contracts.of_accounts(workspace.store, [account]):
        contracts.delete(workspace.store, held.id, now=workspace.clock.now())
    refresh_insights(workspace)
    _, found = of(workspace, "Kestrel Payments")
    assert not found.spend
    assert not found.commitments
    assert any("contract" in one.what for one in found.missing)
    assert [one.title for one in found.health.missing] == ["Commitment pace"]
    assert found.adoption is not None
    assert not found.adoption.by_contract
    assert all(cost.value is None for cost in found.costs)


def test_health_names_its_factors_and_the_fastest_way_up(sample: Workspace) -> None:
    _, kestrel = of(sample, "Kestrel Payments")
    health = kestrel.health
    assert health.score == pytest.approx(sum(one.contribution for one in health.factors))
    assert health.score is not None
    assert health.band == ("watch" if health.score >= 50 else "at risk")
    assert health.change is not None
    assert health.change < -10
    assert health.way_up_points == max(one.gain for one in health.factors)
    assert health.way_up
    days = health_history(sample, find_account(sample, "Kestrel Payments"))
    assert [one.day for one in days] == [health.before_on, health.as_of]
    assert days[-1].score == pytest.approx(health.score)


def test_an_account_with_little_usage_is_not_scored(sample: Workspace) -> None:
    _, quarry = of(sample, "Quarry Robotics")
    assert quarry.health.score is None
    assert quarry.health.band is None
    assert quarry.health.missing[0].title == "Usage vs expected"
    assert quarry.spend[0].forecast is None
    assert quarry.spend[0].accrued.minor_units > 0


def test_planted_under_use_is_found_and_priced(sample: Workspace) -> None:
    found = {(row.account, row.meter.key): row for row in under_use(sample).rows}
    replays = found["Kestrel Payments", "events_replayed"]
    assert replays.confidence == REVIEW
    assert replays.z is not None
    assert replays.z < -2.5
    assert replays.value is not None
    assert 0 < replays.value.low.minor_units < replays.value.middle.minor_units
    storage = found["Tindle Learning", "storage_gb"]
    assert storage.confidence == NEVER
    assert storage.value is not None


def test_openings_stand_in_money_and_hang_on_what_stays_the_same(sample: Workspace) -> None:
    found = openings(sample)
    by_kind = {(row.account, row.kind) for row in found.rows}
    assert ("Fernhill Retail", OpeningKind.COMMITMENT_AHEAD) in by_kind
    assert ("Tindle Learning", OpeningKind.COMMITMENT_BEHIND) in by_kind
    assert ("Tindle Learning", OpeningKind.NEVER_ADOPTED) in by_kind
    identities = [row.identity for row in found.rows]
    assert len(set(identities)) == len(identities)
    assert identities == [row.identity for row in openings(sample).rows]
    assert all(row.value is not None or row.missing for row in found.rows)


def test_retention_says_its_basis_and_keeps_currencies_apart(sample: Workspace) -> None:
    found = retention_of(sample)
    assert {one.basis for one in found} == {"billed, trailing 11 months", COMMITTED}
    euro = next(one for one in found if one.currency == "EUR" and one.basis != COMMITTED)
    assert euro.nrr is not None
    assert euro.nrr > 1.0
    assert euro.grr is not None
    assert euro.grr <= 1.0
    marlowe = retention_of(sample, [find_account(sample, "Marlowe Freight")])
    assert {one.currency for one in marlowe} == {"EUR"}
    assert all(one.accounts == 1 for one in marlowe)


def test_currencies_are_not_added_without_a_rate(sample: Workspace) -> None:
    total = spend_total(sample)
    assert [one.currency for one in total.by_currency] == ["EUR", "GBP", "USD"]
    assert total.converted is None


def test_the_planted_incident_is_priced_for_both_sides(sample: Workspace) -> None:
    row = next(
        one
        for one in tickets.of_accounts(sample.store, [find_account(sample, "Marlowe Freight")])
        if one.number == "48213"
    )
    cost = ticket_cost(sample, row.id)
    assert cost is not None
    assert cost.prepaid
    assert cost.delay_days is not None
    assert 0.3 < cost.delay_days < 2.0
    assert cost.value is not None
    assert cost.value.low.minor_units < cost.value.middle.minor_units < cost.value.high.minor_units
    events = next(one for one in cost.parts if one.name == "Events delivered")
    assert 0 < events.caught_up_units < events.lost_units
    assert events.net_units == pytest.approx(events.lost_units - events.caught_up_units)
    assert cost.sla_credit is not None
    assert cost.sla_credit.minor_units == 120_000
    assert cost.excess_cost is not None
    assert all(each.parts or each.caution for costs in episode_costs(sample).values() for each in costs)


@pytest.mark.parametrize(
    "figure",
    [
        "health:Kestrel-Payments",
        "health:Kestrel-Payments:blocking-tickets",
        "spend:Kestrel-Payments:EUR",
        "commitment:Kestrel-Payments",
        "adoption:Kestrel-Payments",
        "under-use:Kestrel-Payments:events_replayed",
        "nrr:all:billed:EUR",
        "grr:Kestrel-Payments:committed",
        "spend-total:all",
    ],
)
def test_every_figure_answers_why(sample: Workspace, figure: str) -> None:
    why = explain(sample, figure)
    assert why.definition
    assert why.formula
    assert why.figure
    assert why.sources
