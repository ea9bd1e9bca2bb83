"""The inbox and the rules, driven with clicks and keys over a real workspace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import ALERT_RULES, Place
from convergedesk.desktop.pages.alerts.page import AlertsPage
from convergedesk.desktop.pages.alerts.rules_page import AlertRulesPage
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.domain.alerts import Alert, AlertId, AlertKind, AlertState
from convergedesk.domain.kinds import PodId
from convergedesk.domain.tickets import Priority
from convergedesk.store.alerts import list_alerts
from convergedesk.workspace import alerts as use
from convergedesk.workspace.alert_rules import alert_rules
from convergedesk.workspace.insights import refresh_insights
from tests.desktop.pages.desk import KESTREL, MARLOWE, NOW, PILOT_POD, TODAY, Desk, open_desk
from tests.store.rows import add_ticket


@pytest.fixture
def desk(light: Theme, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    for number, account in (("900", MARLOWE), ("901", KESTREL), ("902", KESTREL)):
        opened = {"opened_at": NOW - timedelta(days=2), "priority": Priority.NORMAL, "escalated": True}
        add_ticket(desk.workspace.store, account, number, **opened)
    yield desk
    desk.workspace.close()


def look(desk: Desk) -> None:
    refresh_insights(desk.workspace)
    use.refresh_alerts(desk.workspace)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> AlertsPage:
    look(desk)
    page = AlertsPage(desk.context)
    page.resize(1280, 800)
    qtbot.addWidget(page)
    page.show()
    page.open()
    return page


def alerts(desk: Desk) -> tuple[Alert, ...]:
    return list_alerts(desk.workspace.store)


def state_of(desk: Desk, alert_id: int) -> AlertState:
    return next(one.state for one in alerts(desk) if one.id == alert_id)


def chosen(page: AlertsPage) -> AlertId:
    assert page.model.chosen is not None
    return page.model.chosen


def test_the_first_alert_is_open_beside_the_list_with_its_reasons(page: AlertsPage, desk: Desk) -> None:
    assert len(page.inbox.listed.alerts()) == len(alerts(desk)) > 2
    shown = page.detail.shown
    assert shown is not None
    assert shown.alert.id == page.inbox.listed.alerts()[0].alert.id
    assert page.detail.title.text().endswith(shown.alert.finding.title)
    assert shown.alert.finding.title in page.detail.title.text()
    assert "new alert" in page.model.title


def test_what_was_looked_at_is_not_new_any_more(page: AlertsPage, desk: Desk) -> None:
    seen = {one.id for one in alerts(desk) if one.seen_at is not None}
    assert seen == {chosen(page)}
    page.all_seen.click()
    assert all(one.seen_at is not None for one in alerts(desk))
    assert not page.all_seen.isEnabled()


def test_j_and_k_go_through_the_list_past_its_headings(page: AlertsPage) -> None:
    order = [row.alert.id for row in page.inbox.listed.alerts()]
    QTest.keyClick(page.inbox, Qt.Key.Key_J)
    assert chosen(page) == order[1]
    QTest.keyClick(page.inbox, Qt.Key.Key_J)
    QTest.keyClick(page.inbox, Qt.Key.Key_K)
    assert chosen(page) == order[1]
    QTest.keyClick(page.inbox, Qt.Key.Key_K)
    QTest.keyClick(page.inbox, Qt.Key.Key_K)
    assert chosen(page) == order[0]


def test_done_by_key_moves_on_to_the_next_and_can_be_undone(page: AlertsPage, desk: Desk) -> None:
    first, second = (row.alert.id for row in page.inbox.listed.alerts()[:2])
    QTest.keyClick(page.inbox, Qt.Key.Key_D)
    assert state_of(desk, first) is AlertState.RESOLVED
    assert chosen(page) == first or chosen(page) == second
    desk.notices.undo()
    assert state_of(desk, first) is AlertState.OPEN


def test_snooze_offers_days_and_puts_off(page: AlertsPage, desk: Desk) -> None:
    first = chosen(page)
    page.detail.decide.snooze.menu().actions()[2].trigger()
    found = next(one for one in alerts(desk) if one.id == first)
    assert (found.state, found.snoozed_until) == (AlertState.SNOOZED, TODAY + timedelta(days=7))
    assert page.inbox.choose(first)
    assert not page.detail.decide.snooze.isVisibleTo(page)
    page.detail.decide.again.click()
    assert state_of(desk, first) is AlertState.OPEN


def test_a_reason_marks_as_expected(page: AlertsPage, desk: Desk) -> None:
    first = chosen(page)
    page.detail.decide.reasons[2].click()
    found = next(one for one in alerts(desk) if one.id == first)
    assert (found.state, found.reason) == (AlertState.EXPECTED, "Planned freeze")


def test_several_are_decided_at_once(page: AlertsPage, desk: Desk) -> None:
    page.inbox.selectAll()
    count = len(page.inbox.selected_ids())
    assert count == len(alerts(desk))
    assert not page.detail.decide.check_in.isVisibleTo(page)
    page.detail.decide.done.click()
    assert all(one.state is AlertState.RESOLVED for one in alerts(desk))
    assert page.model.title == "Nothing needs attention"
    desk.notices.undo()
    assert all(one.state is AlertState.OPEN for one in alerts(desk))


def test_a_group_of_kinds_alone(page: AlertsPage) -> None:
    page.groups.set_value("Tickets")
    kinds = {row.alert.finding.kind for row in page.inbox.listed.alerts()}
    assert kinds
    assert kinds <= {
        AlertKind.ESCALATION,
        AlertKind.OPEN_LONG,
        AlertKind.NOT_RESTORED,
        AlertKind.SLA_RISK,
    }


def test_one_state_alone(page: AlertsPage, desk: Desk) -> None:
    first = chosen(page)
    QTest.keyClick(page.inbox, Qt.Key.Key_D)
    page.states.set_value("resolved")
    assert [row.alert.id for row in page.inbox.listed.alerts()] == [first]
    page.states.set_value("snoozed")
    assert not page.inbox.isVisible()
    page.states.set_value("")
    assert len(page.inbox.listed.alerts()) == len(alerts(desk))


def test_the_chosen_pod_alone(page: AlertsPage, desk: Desk) -> None:
    everywhere = len(page.model.rows)
    desk.context.portfolio.choose_pod(PodId(PILOT_POD))
    pod = {row.account_name for row in page.model.rows}
    assert len(page.model.rows) < everywhere or len(pod) <= 2
    assert all(PodId(PILOT_POD) in row.pod_ids for row in page.model.rows)


def test_why_opens_what_stands_behind_it(page: AlertsPage) -> None:
    page.detail.why.click()
    dialog = page.window().findChild(WhyDialog)
    assert dialog is not None
    assert dialog.why.figure_id == f"alert:{chosen(page)}"
    dialog.reject()


def test_the_ticket_and_the_account_are_a_click_away(page: AlertsPage, desk: Desk) -> None:
    page.groups.set_value("Tickets")
    shown = page.detail.shown
    assert shown is not None
    page.detail.ticket.click()
    assert desk.context.navigator.place == Place("ticket", shown.alert.finding.ticket_id)
    page.detail.account.click()
    place = desk.context.navigator.place
    assert place is not None
    assert place.page == "account"


def test_an_alert_that_a_notification_told_of_is_opened(page: AlertsPage) -> None:
    last = page.inbox.listed.alerts()[-1].alert.id
    page.groups.set_value("Tickets")
    page.open(last)
    assert chosen(page) == last


def test_new_alerts_join_the_list_and_leave_the_open_one_open(page: AlertsPage, desk: Desk) -> None:
    QTest.keyClick(page.inbox, Qt.Key.Key_J)
    before = chosen(page)
    with desk.workspace.store.write() as connection:
        connection.exec_driver_sql("UPDATE tickets SET escalated = 0")
    desk.context.changes.publish(use.refresh_alerts(desk.workspace))
    ids = [row.alert.id for row in page.inbox.listed.alerts()]
    assert before not in ids or chosen(page) == before


def test_before_the_first_look_the_page_says_what_brings_alerts(qtbot: QtBot, desk: Desk) -> None:
    page = AlertsPage(desk.context)
    qtbot.addWidget(page)
    page.show()
    (empty,) = page.findChildren(EmptyState, options=Qt.FindChildOption.FindChildrenRecursively)[-1:]
    assert empty.isVisible()
    assert not page.inbox.isVisible()


@pytest.fixture
def rules(qtbot: QtBot, desk: Desk) -> AlertRulesPage:
    page = AlertRulesPage(desk.context)
    page.resize(1280, 800)
    qtbot.addWidget(page)
    page.show()
    page.open()
    return page


def choose(rules: AlertRulesPage, kind: AlertKind) -> None:
    row = next(row for row in rules.rows if row.rule.kind is kind)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)


def test_a_limit_is_tried_out_before_it_is_kept(rules: AlertRulesPage, desk: Desk) -> None:
    choose(rules, AlertKind.ESCALATION)
    rules.editor.try_out.click()
    assert "Would have fired" in rules.editor.said.text()
    choose(rules, AlertKind.OPEN_LONG)
    assert not rules.editor.said.isVisible()
    field = rules.editor.fields["days"]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "2")
    assert rules.editor.keep.isVisible()
    assert alert_rules(desk.workspace).rules == tuple(row.rule for row in rules.rows)
    rules.editor.keep.click()
    kept = next(rule for rule in alert_rules(desk.workspace).rules if rule.kind is AlertKind.OPEN_LONG)
    assert kept.number("days") == 2
    desk.notices.undo()
    assert all(rule.id is None for rule in alert_rules(desk.workspace).rules)


def test_a_value_that_cannot_be_is_said_and_not_kept(rules: AlertRulesPage) -> None:
    choose(rules, AlertKind.OPEN_LONG)
    field = rules.editor.fields["days"]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "many")
    assert not rules.editor.keep.isEnabled()
    assert not rules.editor.try_out.isEnabled()
    rules.editor.discard.click()
    assert not rules.editor.keep.isVisible()


def test_a_switch_holds_at_once(rules: AlertRulesPage, desk: Desk) -> None:
    choose(rules, AlertKind.REVIEW_DUE)
    rules.editor.switch.click()
    held = next(rule for rule in alert_rules(desk.workspace).rules if rule.kind is AlertKind.REVIEW_DUE)
    assert not held.enabled


def test_another_rule_for_one_account(rules: AlertRulesPage, desk: Desk) -> None:
    choose(rules, AlertKind.NOT_SPOKEN)
    name = "Marlowe Freight"
    entry = next(one for one in rules.editor.more.menu().actions() if one.text() == name)
    entry.trigger()
    both = [rule for rule in alert_rules(desk.workspace).rules if rule.kind is AlertKind.NOT_SPOKEN]
    assert [rule.account_ids for rule in both] == [(), (MARLOWE,)]
    assert len([row for row in rules.rows if row.rule.kind is AlertKind.NOT_SPOKEN]) == 2


def test_the_rules_are_reached_from_the_alerts(page: AlertsPage, desk: Desk) -> None:
    page.rules.click()
    assert desk.context.navigator.place == Place(ALERT_RULES)
