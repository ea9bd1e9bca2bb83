"""What people decide about alerts, and rules as data: undone, kept, refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.alert_rules import (
    RULE_KINDS,
    AlertRule,
    AlertRuleError,
    RuleBook,
    RuleKind,
    checked,
    default_rule,
    kind_of,
)
from convergedesk.domain.alerts import Alert, AlertKind, AlertState, Severity
from convergedesk.domain.kinds import PodId
from convergedesk.domain.protocols import CancelToken
from convergedesk.workspace import alert_rules as use_rules
from convergedesk.workspace import alerts as use
from convergedesk.workspace.changes import Kind
from convergedesk.workspace.edits import history, redo, undo
from tests.figures.alert_world import TODAY, World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An escalated ticket that is open, and with it one alert."""
    with open_world(tmp_path) as opened:
        opened.workspace.author = "Amira Haddad"
        opened.ticket(opened.account("Acme"), "1", TODAY - timedelta(days=1), escalated=True)
        opened.look()
        yield opened


def one(world: World) -> Alert:
    (found,) = world.alerts(AlertKind.ESCALATION)
    return found


def after(world: World, days: int) -> Alert:
    world.go_to(TODAY + timedelta(days=days))
    world.look()
    return one(world)


def close_ticket(world: World, *, at: int | None) -> None:
    status = "open" if at is None else "closed"
    with world.workspace.store.write() as connection:
        connection.exec_driver_sql("UPDATE tickets SET closed_at = ?, status = ?", (at, status))


def test_a_snoozed_alert_comes_back_on_its_day_if_it_still_holds(world: World) -> None:
    use.snooze(world.workspace, [one(world).id], TODAY + timedelta(days=3))
    use.mark_seen(world.workspace, [one(world).id])
    assert after(world, 2).state is AlertState.SNOOZED
    back = after(world, 3)
    assert back.state is AlertState.OPEN
    assert back.snoozed_until is None
    # It is new again.
    assert back.seen_at is None
    assert back.raised_on == TODAY + timedelta(days=3)


def test_a_snoozed_alert_that_is_over_does_not_come_back(world: World) -> None:
    use.snooze(world.workspace, [one(world).id], TODAY + timedelta(days=3))
    close_ticket(world, at=1)
    assert after(world, 3).state is AlertState.RESOLVED


def test_an_expected_occurrence_stays_silent(world: World) -> None:
    use.expect(world.workspace, [one(world).id], "Season or holiday")
    found = after(world, 40)
    assert (found.state, found.reason) == (AlertState.EXPECTED, "Season or holiday")


def test_an_expected_occurrence_asks_again_on_its_end_date(world: World) -> None:
    use.expect(world.workspace, [one(world).id], "Freeze", TODAY + timedelta(days=5))
    assert after(world, 4).state is AlertState.EXPECTED
    assert after(world, 5).state is AlertState.OPEN


def test_what_is_done_is_not_raised_again_while_it_lasts(world: World) -> None:
    use.done(world.workspace, [one(world).id], "called them")
    found = after(world, 10)
    assert (found.state, found.resolved_by, found.reason) == (
        AlertState.RESOLVED,
        "Amira Haddad",
        "called them",
    )
    assert found.ended_on is None
    close_ticket(world, at=1)
    assert after(world, 11).ended_on == TODAY + timedelta(days=11)
    assert one(world).reason == "called them"


def test_what_closed_by_itself_and_holds_again_is_the_same_alert_opened_again(world: World) -> None:
    first = one(world)
    close_ticket(world, at=1)
    assert after(world, 1).state is AlertState.RESOLVED
    close_ticket(world, at=None)
    again = after(world, 2)
    assert (again.id, again.state, again.ended_on) == (first.id, AlertState.OPEN, None)


@pytest.mark.parametrize("decision", ["snooze", "expect", "done"])
def test_every_decision_is_one_step_of_undo(world: World, decision: str) -> None:
    ids = [one(world).id]
    decisions = {
        "snooze": lambda: use.snooze(world.workspace, ids, TODAY + timedelta(days=3)),
        "expect": lambda: use.expect(world.workspace, ids, "Freeze"),
        "done": lambda: use.done(world.workspace, ids),
    }
    changes = decisions[decision]()
    assert changes.kinds == {Kind.ALERTS}
    assert changes.edit_id is not None
    decided = one(world)
    assert decided.state is not AlertState.OPEN
    undone = undo(world.workspace)
    assert undone is not None
    assert Kind.ALERTS in undone.changes.kinds
    assert one(world).state is AlertState.OPEN
    redo(world.workspace)
    assert one(world).state is decided.state


def test_several_are_decided_at_once_in_one_step(world: World) -> None:
    account = world.account("Brill")
    for number in range(3):
        world.ticket(account, f"b{number}", TODAY - timedelta(days=1), escalated=True)
    world.look()
    ids = [alert.id for alert in world.alerts(AlertKind.ESCALATION)]
    use.done(world.workspace, ids)
    assert not world.open(AlertKind.ESCALATION)
    assert history(world.workspace)[0].label == "Marked 4 alerts as done"
    undo(world.workspace)
    assert len(world.open(AlertKind.ESCALATION)) == 4


def test_to_look_at_an_alert_is_no_edit(world: World) -> None:
    use.mark_seen(world.workspace, [one(world).id])
    assert one(world).seen_at is not None
    assert history(world.workspace) == ()
    assert use.mark_seen(world.workspace, [one(world).id]).kinds == frozenset()


def test_a_look_that_finds_nothing_new_writes_nothing(world: World) -> None:
    before = world.workspace.data_version()
    changes = use.refresh_alerts(world.workspace)
    assert changes.kinds == frozenset()
    assert world.workspace.data_version() == before


def test_only_what_a_change_touched_is_looked_at(world: World) -> None:
    other = world.account("Brill")
    world.look()
    for account in (one(world).finding.account_id, other):
        world.ticket(account, f"n{account}", TODAY - timedelta(days=1), escalated=True)
    changes = use.refresh_alerts(world.workspace, [other])
    assert changes.accounts == {other}
    assert {a.finding.subject for a in world.open(AlertKind.ESCALATION)} == {"ticket:1", "ticket:3"}
    use.refresh_alerts(world.workspace)
    assert len(world.open(AlertKind.ESCALATION)) == 3


def test_on_a_new_day_everything_is_looked_at(world: World) -> None:
    other = world.account("Brill")
    world.ticket(other, "9", TODAY - timedelta(days=1), escalated=True)
    world.go_to(TODAY + timedelta(days=1))
    use.refresh_alerts(world.workspace, [one(world).finding.account_id])
    assert len(world.open(AlertKind.ESCALATION)) == 2


class Cancelled:
    cancelled = True


def test_a_look_that_is_broken_off_changes_nothing(world: World) -> None:
    close_ticket(world, at=1)
    token: CancelToken = Cancelled()
    assert use.refresh_alerts(world.workspace, cancel=token).kinds == frozenset()
    assert one(world).state is AlertState.OPEN


def test_the_list_says_when_and_at_how_much_was_looked(world: World) -> None:
    found = use.alert_list(world.workspace)
    assert found.last_look is not None
    assert (found.last_look.day, found.last_look.accounts) == (TODAY, 1)
    assert [row.account_name for row in found.open] == ["Acme"]
    assert list(found.by_account()) == [one(world).finding.account_id]


def test_only_pressing_alerts_are_told_and_each_once(world: World) -> None:
    world.rule(AlertKind.SLA_RISK)
    told = use.take_undelivered(world.workspace)
    assert [row.alert.finding.kind for row in told] == [AlertKind.ESCALATION]
    assert use.take_undelivered(world.workspace) == ()


def test_alerts_of_little_weight_are_not_told(world: World) -> None:
    rule = default_rule(AlertKind.ESCALATION)
    use_rules.save_rule(world.workspace, replace(rule, severity=Severity.INFO))
    world.look()
    assert use.take_undelivered(world.workspace) == ()


def test_a_rule_that_is_switched_off_closes_what_it_raised(world: World) -> None:
    rule, _ = use_rules.save_rule(world.workspace, replace(default_rule(AlertKind.ESCALATION), enabled=False))
    world.look()
    assert one(world).reason == "its rule was switched off"
    undo(world.workspace)
    assert rule not in use_rules.alert_rules(world.workspace).rules
    world.look()
    assert one(world).state is AlertState.OPEN


def test_a_rule_for_an_account_stands_above_one_for_its_pod_and_that_above_one_for_all() -> None:
    def rule(number: int, **scope: object) -> AlertRule:
        return replace(default_rule(AlertKind.SILENT_DIP), id=number, **scope)  # type: ignore[arg-type]

    pod = PodId(7)
    mine, ours, others = AccountId(1), AccountId(2), AccountId(3)
    book = RuleBook(
        [rule(1), rule(2, pod_id=pod, enabled=False), rule(3, account_ids=(mine,))], {pod: [mine, ours]}
    )
    held = [book.rule_for(AlertKind.SILENT_DIP, account) for account in (mine, ours, others)]
    assert [None if one_held is None else one_held.id for one_held in held] == [3, None, 1]


@pytest.mark.parametrize(
    ("kind", "parameters", "said"),
    [
        (AlertKind.SILENT_DIP, {"least_drop": 0}, "from 5 to 90"),
        (AlertKind.SILENT_DIP, {"least_drop": "many"}, "whole number"),
        (AlertKind.SILENT_DIP, {"least_drop": True}, "whole number"),
        (AlertKind.SILENT_DIP, {"depth": 10}, "nothing called"),
        (AlertKind.DIP_AFTER_TICKET, {"tickets": "some"}, "takes one of"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_in_plain_words(
    world: World, kind: AlertKind, parameters: dict[str, object], said: str
) -> None:
    rule = replace(default_rule(kind), parameters=parameters)
    with pytest.raises(AlertRuleError, match=said):
        use_rules.save_rule(world.workspace, rule)
    assert history(world.workspace) == ()


@pytest.mark.parametrize("declared", RULE_KINDS)
def test_every_default_is_a_value_that_its_field_takes(declared: RuleKind) -> None:
    kind = declared.kind
    parameters = {one_of.key: one_of.default for one_of in kind_of(kind).parameters}
    assert checked(replace(default_rule(kind), parameters=parameters))


def test_rules_travel_as_text(world: World) -> None:
    use_rules.save_rule(world.workspace, replace(default_rule(AlertKind.NOT_SPOKEN), parameters={"days": 30}))
    text = use_rules.rules_text(use_rules.alert_rules(world.workspace).rules)
    undo(world.workspace)
    use_rules.take_rules(world.workspace, use_rules.read_rules(text))
    held = next(
        rule for rule in use_rules.alert_rules(world.workspace).rules if rule.kind is AlertKind.NOT_SPOKEN
    )
    assert held.number("days") == 30
    assert len(use_rules.alert_rules(world.workspace).rules) == len(RULE_KINDS)
    undo(world.workspace)
    assert all(rule.id is None for rule in use_rules.alert_rules(world.workspace).rules)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"alert_rules": [{"kind": "moon"}]}', '{"alert_rules": [1]}']
)
def test_a_file_that_holds_no_rules_is_refused(text: str) -> None:
    with pytest.raises(AlertRuleError):
        use_rules.read_rules(text)
