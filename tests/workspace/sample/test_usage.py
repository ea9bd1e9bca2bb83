from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from convergedesk.workspace.sample.plan import AccountPlan, Incident
from convergedesk.workspace.sample.rhythms import OFFICE, RETAIL, calendar_factors
from convergedesk.workspace.sample.spec import LAST_DAY, SampleSpec
from convergedesk.workspace.sample.usage import account_usage, incident_factors
from convergedesk.workspace.sample.world import World


def row(world: World, key: str, meter: str) -> np.ndarray:
    block = world.usage[key]
    return next(r for plan, r in zip(block.plan.meters, block.values, strict=True) if plan.key == meter)


def by_weekday(series: np.ndarray) -> np.ndarray:
    """Mean of each weekday, Monday first, of the last 26 whole weeks."""
    tail = series[-182:].reshape(-1, 7)
    return np.roll(np.nanmean(tail, axis=0), (LAST_DAY + timedelta(days=1)).weekday())


def test_offices_rest_at_weekends_and_shops_do_not(pilot: World) -> None:
    office = by_weekday(row(pilot, "cobalt", "events_delivered"))
    shop = by_weekday(row(pilot, "fernhill", "events_delivered"))
    assert office[5] < 0.6 * office[1]
    assert shop[5] > 1.1 * shop[1]


def test_noise_is_in_proportion(pilot: World) -> None:
    def relative_noise(series: np.ndarray) -> float:
        weekly = series[: len(series) // 7 * 7].reshape(-1, 7)
        return float(np.nanmedian(np.abs(np.diff(np.log(weekly), axis=0))))

    large = relative_noise(row(pilot, "marlowe", "events_delivered"))
    small = relative_noise(row(pilot, "aurelia-seville", "events_replayed"))
    assert large < small < 0.25


def test_quantities_are_whole_and_never_negative(book: World) -> None:
    for block in book.usage.values():
        known = block.values[~np.isnan(block.values)]
        assert np.all(known >= 0)
        assert np.all(known == np.rint(known))


def test_no_account_is_silent(book: World) -> None:
    for site in book.sites:
        if site.meters:
            assert not np.all(np.isnan(book.usage[site.key].values))


def test_days_outside_the_life_of_an_account_are_absent(book: World) -> None:
    lives = [account for account in book.accounts if account.first_day or account.last_day]
    assert lives
    for account in lives:
        known = np.flatnonzero(~np.isnan(book.usage[account.key].values).all(axis=0))
        days = [book.spec.first_day + timedelta(days=int(i)) for i in (known[0], known[-1])]
        assert account.first_day is None or days[0] >= account.first_day
        assert account.last_day is None or days[1] <= account.last_day


def test_what_was_not_reported_is_absent_and_not_zero(pilot: World) -> None:
    series = row(pilot, "ostara", "events_delivered")
    gap = (date(2026, 8, 18) - pilot.spec.first_day).days
    assert np.isnan(series[gap : gap + 3]).all()
    assert not np.isnan(series[[gap - 1, gap + 3]]).any()


def test_public_holidays_are_quiet_in_offices(pilot: World) -> None:
    series = row(pilot, "cobalt", "events_delivered")
    unity_day = (date(2025, 10, 3) - pilot.spec.first_day).days
    assert series[unity_day] < 0.7 * np.mean([series[unity_day - 7], series[unity_day + 7]])


def test_the_vendors_own_outage_shows_at_every_account(pilot: World) -> None:
    outage = (date(2026, 3, 18) - pilot.spec.first_day).days
    for key in ("marlowe", "kestrel", "solvane", "fernhill"):
        series = row(pilot, key, "events_delivered")
        assert series[outage] < 0.88 * np.mean([series[outage - 7], series[outage + 7]])


def test_peak_season_comes_back_every_year(pilot: World) -> None:
    series = row(pilot, "fernhill", "events_delivered")
    for year in (2025, 2026):
        peak = (date(year, 12, 1) - pilot.spec.first_day).days
        summer = (date(year, 7, 1) - pilot.spec.first_day).days
        assert np.mean(series[peak : peak + 7]) > 1.3 * np.mean(series[summer : summer + 28])


def test_calendar_factors_average_to_one_over_the_week() -> None:
    monday = date(2026, 9, 7)
    assert np.mean(calendar_factors(OFFICE, "DE", monday, 7)) == pytest.approx(1.0, abs=0.01)
    assert not calendar_factors(RETAIL, "BE", monday, 7).flags.writeable


def test_incidents_multiply_and_what_stays_stays() -> None:
    spec = SampleSpec(days=20)
    start = spec.first_day + timedelta(days=5)
    factors = incident_factors(
        (Incident(start, (0.5, 0.8), after=0.9), Incident(start, (0.5,))), "events_delivered", spec
    )
    assert factors.tolist() == [1.0] * 5 + [0.25, 0.8] + [0.9] * 13


def test_an_incident_before_the_window_leaves_its_rest() -> None:
    spec = SampleSpec(days=10)
    before = Incident(spec.first_day - timedelta(days=30), (0.5, 0.5), after=0.8)
    assert incident_factors((before,), "api_calls", spec).tolist() == [0.8] * 10


def test_incidents_of_one_meter_leave_the_others(pilot: World) -> None:
    marlowe: AccountPlan = pilot.accounts[3]
    calm = account_usage(replace(marlowe, incidents=()), pilot.spec)
    storage = [meter.key for meter in marlowe.meters].index("storage_gb")
    assert np.array_equal(calm.values[storage], pilot.usage["marlowe"].values[storage])


def test_stocks_move_slowly(pilot: World) -> None:
    for block in pilot.usage.values():
        for plan, series in zip(block.plan.meters, block.values, strict=True):
            if plan.key == "storage_gb" and plan.level:
                assert np.nanmax(np.abs(np.diff(series) / series[:-1])) < 0.03
