"""Dips: raised once, told from silence, held until value is restored, and never on what is not known."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.alert_rules import AlertRule, default_rule
from convergedesk.domain.alerts import AlertKind, AlertState
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.domain.tickets import Priority
from convergedesk.figures.alerts.evidence import why_of_alert
from convergedesk.figures.alerts.replay import preview
from convergedesk.store import calendar
from convergedesk.workspace.alert_rules import save_rule
from tests.figures.alert_world import TODAY, World, noon, open_world, steady

DIPS = (AlertKind.DIP_AFTER_TICKET, AlertKind.SILENT_DIP)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as opened:
        yield opened


def fallen(days: int = 8, by: float = 0.35, *, seed: int = 1) -> np.ndarray:
    values = steady(250, seed=seed)
    values[-days:] = np.round(values[-days:] * (1.0 - by))
    return values


def test_a_dip_that_nobody_wrote_about_is_silent(world: World) -> None:
    account = world.account("Acme")
    world.usage(account, world.meter(), fallen())
    world.look()
    (alert,) = world.open(AlertKind.SILENT_DIP)
    finding = alert.finding
    assert finding.account_id == account
    assert finding.ticket_id is None
    assert abs((finding.day - (TODAY - timedelta(days=8))).days) <= 1
    assert -0.45 < finding.figures["estimate"] < -0.25
    assert finding.figures["low"] < finding.figures["estimate"] < finding.figures["high"] < 0
    assert "below expected" in finding.sentence
    why = why_of_alert(finding.figures, alert.id)
    assert "observed ÷" in why.formula
    assert why.interval
    assert why.figure_id == f"alert:{alert.id}"
    assert not world.alerts(AlertKind.DIP_AFTER_TICKET)


def test_a_dip_around_a_ticket_names_the_ticket(world: World) -> None:
    account = world.account("Acme")
    world.usage(account, world.meter(), fallen())
    ticket = world.ticket(account, "48702", TODAY - timedelta(days=9))
    world.look()
    (alert,) = world.open(AlertKind.DIP_AFTER_TICKET)
    assert alert.finding.ticket_id == ticket
    assert "#48702" in alert.finding.sentence
    assert not world.alerts(AlertKind.SILENT_DIP)


def test_a_dip_is_raised_once_however_often_one_looks(world: World) -> None:
    world.usage(world.account("Acme"), world.meter(), fallen())
    for day in range(4):
        world.go_to(TODAY + timedelta(days=day))
        world.look()
        world.look()
    assert len(world.alerts(AlertKind.SILENT_DIP)) == 1


@pytest.mark.parametrize("by", [0.0, 0.05])
def test_what_is_usual_raises_nothing(world: World, by: float) -> None:
    world.usage(world.account("Acme"), world.meter(), fallen(by=by))
    world.look()
    assert not any(world.alerts(kind) for kind in DIPS)


def test_a_drop_under_the_rules_limit_raises_nothing(world: World) -> None:
    world.rule(AlertKind.SILENT_DIP, least_drop=50)
    world.usage(world.account("Acme"), world.meter(), fallen())
    world.look()
    assert not world.alerts(AlertKind.SILENT_DIP)


def test_days_that_are_missing_are_no_dip(world: World) -> None:
    values = steady(250, seed=1)
    values[-6:] = np.nan
    world.usage(world.account("Acme"), world.meter(), values)
    world.look()
    assert not any(world.alerts(kind) for kind in DIPS)


def test_data_that_is_weeks_old_raises_nothing(world: World) -> None:
    world.usage(world.account("Acme"), world.meter(), fallen(), last=TODAY - timedelta(days=30))
    world.look()
    assert not any(world.alerts(kind) for kind in DIPS)


def test_holidays_are_not_judged(world: World) -> None:
    freeze = CalendarEvent(
        CalendarEventKind.FREEZE, "Year end", TODAY - timedelta(days=20), TODAY + timedelta(days=5)
    )
    calendar.add(world.workspace.store, freeze, now=noon(TODAY))
    world.usage(world.account("Acme"), world.meter(), fallen())
    world.look()
    assert not any(world.alerts(kind) for kind in DIPS)


def test_one_meter_that_falls_is_seen_though_the_total_hardly_moves(world: World) -> None:
    account = world.account("Acme")
    world.usage(account, world.meter("calls"), steady(250, seed=1, level=20_000.0))
    small = world.meter("exports")
    world.usage(account, small, fallen(by=0.6, seed=2))
    world.look()
    (alert,) = world.open(AlertKind.SILENT_DIP)
    assert alert.finding.meter_id == small
    assert alert.finding.sentence.startswith("exports")


def test_it_closes_by_itself_when_value_is_restored_and_says_so(world: World) -> None:
    account = world.account("Acme")
    values = np.concatenate([fallen(), steady(12, seed=5, last=TODAY + timedelta(days=12))])
    world.usage(account, world.meter(), values, last=TODAY + timedelta(days=12))
    world.look()
    assert world.open(AlertKind.SILENT_DIP)
    world.go_to(TODAY + timedelta(days=12))
    world.look()
    (alert,) = world.alerts(AlertKind.SILENT_DIP)
    assert alert.state is AlertState.RESOLVED
    assert alert.ended_on == TODAY + timedelta(days=12)
    assert alert.reason.startswith("value restored on")
    assert alert.resolved_by == ""
    # The days that it took are not found again.
    for day in range(13, 18):
        world.go_to(TODAY + timedelta(days=day))
        world.look()
    assert len(world.alerts()) == 1


def test_a_rule_that_is_off_for_a_pod_silences_its_accounts_alone(world: World) -> None:
    meter = world.meter()
    for name, seed in (("Acme", 1), ("Brill", 2)):
        world.usage(world.account(name), meter, fallen(seed=seed))
    acme = next(a for a in _ids(world) if a[1] == "Acme")[0]
    off = default_rule(AlertKind.SILENT_DIP)
    save_rule(
        world.workspace,
        AlertRule(None, off.kind, False, off.severity, {}, account_ids=(acme,)),
    )
    world.look()
    assert [a.finding.account_id for a in world.open(AlertKind.SILENT_DIP)] == [
        account for account, name in _ids(world) if name == "Brill"
    ]


def _ids(world: World) -> list[tuple[AccountId, str]]:
    from convergedesk.store.accounts import list_accounts

    return [(one.id, one.name) for one in list_accounts(world.workspace.store)]


def test_the_preview_is_what_the_program_raised_on_those_days(world: World) -> None:
    meter = world.meter()
    happenings = {"Acme": (40, 0.4), "Brill": (25, 0.3), "Calm": (0, 0.0), "Deep": (12, 0.7)}
    for seed, (name, (days, by)) in enumerate(happenings.items()):
        account = world.account(name)
        values = steady(330, seed=seed)
        if days:
            values[-days : max(-days + 9, -1)] *= 1.0 - by
        world.usage(account, meter, np.round(values))
        if name == "Brill":
            world.ticket(account, "1", TODAY - timedelta(days=days + 1), TODAY - timedelta(days=days - 2))
    raised: set[tuple[object, ...]] = set()
    first = TODAY - timedelta(days=44)
    for number in range(45):
        world.go_to(first + timedelta(days=number))
        world.look()
    raised = {
        (a.raised_on, a.finding.account_id, a.finding.kind) for kind in DIPS for a in world.alerts(kind)
    }
    assert raised
    replayed: set[tuple[object, ...]] = set()
    for kind in DIPS:
        found = preview(world.workspace.store, default_rule(kind), today=TODAY, days=45)
        assert found is not None
        assert found.approximations
        replayed |= {(one.day, one.account_id, kind) for one in found.fired}
    assert replayed == raised


def test_quiet_accounts_raise_next_to_nothing(world: World) -> None:
    meter = world.meter()
    accounts = 40
    for seed in range(accounts):
        world.usage(world.account(f"Account {seed:02}"), meter, steady(260, seed=100 + seed))
    found = preview(world.workspace.store, default_rule(AlertKind.SILENT_DIP), today=TODAY, days=60)
    assert found is not None
    assert found.accounts == accounts
    # A queue that lets chance through on one of ten days at most, over 60 days.
    assert len(found.fired) <= 6


def test_tickets_of_low_priority_are_watched_only_where_the_rule_says_so(world: World) -> None:
    account = world.account("Acme")
    world.usage(account, world.meter(), fallen(days=4))
    world.ticket(account, "7", TODAY - timedelta(days=5), priority=Priority.LOW)
    world.rule(AlertKind.DIP_AFTER_TICKET, tickets="all")
    world.look()
    (alert,) = world.open(AlertKind.DIP_AFTER_TICKET)
    assert "#7" in alert.finding.sentence
