"""Alerts are looked for when something changes, counted, and told of where nobody is disturbed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from convergedesk.desktop.alerting.keeper import AlertKeeper
from convergedesk.desktop.alerting.quiet_hours import hour_of, is_quiet
from convergedesk.desktop.alerting.tray import Tray
from convergedesk.desktop.theme import Theme
from convergedesk.domain.declared_settings import NOTIFICATIONS, QUIET_FROM, QUIET_TO, setting_named
from convergedesk.domain.settings import SettingError
from convergedesk.store.alerts import list_alerts
from convergedesk.workspace import alerts as use
from convergedesk.workspace.changes import Changes, Kind
from tests.desktop.pages.desk import Desk, open_desk


@dataclass
class FakeTray:
    """Keeps what would have been shown."""

    works: bool = True
    told: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, title: str, text: str) -> bool:
        self.told.append((title, text))
        return self.works


@dataclass
class Around:
    """This computer's settings, clock and window, as a test wants them."""

    values: dict[str, Any] = field(default_factory=dict)
    now: datetime = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
    watched: bool = False

    def setting(self, setting: Any) -> Any:
        return self.values.get(setting.key, setting.default)


@pytest.fixture
def desk(light: Theme, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    with desk.workspace.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE tickets SET escalated = 1 "
            "WHERE id = (SELECT min(id) FROM tickets WHERE closed_at IS NULL)"
        )
    yield desk
    desk.workspace.close()


def keeper_of(desk: Desk, around: Around, tray: FakeTray) -> AlertKeeper:
    keeper = AlertKeeper(
        around.setting, tray, local_now=lambda: around.now, is_watched=lambda: around.watched
    )
    keeper.begin(desk.context)
    return keeper


def test_what_is_new_is_told_once_and_counted(qtbot: QtBot, desk: Desk) -> None:
    tray, around = FakeTray(), Around()
    keeper = keeper_of(desk, around, tray)
    with qtbot.waitSignal(keeper.unseen_changed) as counted:
        keeper.look()
    open_now = list_alerts(desk.workspace.store)
    assert counted.args == [len(open_now)]
    assert len(tray.told) == 1
    keeper.look()
    assert len(tray.told) == 1
    keeper.stop()


def test_a_click_on_the_notification_leads_to_the_alert(desk: Desk) -> None:
    tray = FakeTray()
    keeper = keeper_of(desk, Around(), tray)
    wanted: list[object] = []
    keeper.alert_wanted.connect(wanted.append)
    keeper.look()
    keeper.open_told()
    pressing = [a for a in list_alerts(desk.workspace.store) if a.finding.severity.value != "info"]
    assert wanted == [pressing[0].id if len(pressing) == 1 else None]
    keeper.stop()


@pytest.mark.parametrize("why", ["quiet", "off", "watched"])
def test_nobody_is_disturbed(desk: Desk, why: str) -> None:
    tray, around = FakeTray(), Around()
    if why == "quiet":
        around.now = datetime(2026, 12, 10, 23, 30, tzinfo=UTC)
    elif why == "off":
        around.values[NOTIFICATIONS.key] = False
    else:
        around.watched = True
    keeper = keeper_of(desk, around, tray)
    keeper.look()
    assert tray.told == []
    assert list_alerts(desk.workspace.store)
    keeper.stop()


def test_what_came_in_the_quiet_hours_is_told_after_them(desk: Desk) -> None:
    tray, around = FakeTray(), Around(now=datetime(2026, 12, 11, 7, 59, tzinfo=UTC))
    keeper = keeper_of(desk, around, tray)
    keeper.look()
    assert tray.told == []
    around.now = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)
    keeper.look()
    assert len(tray.told) == 1
    keeper.stop()


def test_without_a_tray_the_inbox_alone_tells(desk: Desk) -> None:
    tray = FakeTray(works=False)
    keeper = keeper_of(desk, Around(), tray)
    keeper.look()
    assert use.alert_list(desk.workspace).open
    keeper.stop()


def test_a_change_is_followed_by_a_look_and_a_closed_workspace_is_not(qtbot: QtBot, desk: Desk) -> None:
    keeper = keeper_of(desk, Around(), FakeTray())
    with qtbot.waitSignal(keeper.unseen_changed):
        desk.context.changes.publish(Changes(frozenset(), frozenset({Kind.TICKETS})))
    keeper.stop()
    with qtbot.assertNotEmitted(keeper.unseen_changed):
        keeper.look()


def test_it_waits_for_what_is_computed_from_usage(qtbot: QtBot, desk: Desk) -> None:
    keeper = keeper_of(desk, Around(), FakeTray())
    desk.context.changes.set_computing(computing=True)
    keeper.look()
    assert not list_alerts(desk.workspace.store)
    desk.context.changes.set_computing(computing=False)
    keeper.look()
    assert list_alerts(desk.workspace.store)
    keeper.stop()


def test_a_computer_without_a_tray_shows_nothing(monkeypatch: pytest.MonkeyPatch, light: Theme) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    tray = Tray()
    assert not tray.tell("A", "B")
    tray.put_away()


@pytest.mark.parametrize(
    ("now", "quiet"),
    [("18:59", False), ("19:00", True), ("23:59", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_quiet_hours_reach_over_midnight(now: str, quiet: bool) -> None:
    assert is_quiet(time.fromisoformat(now), time(19), time(8)) is quiet


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    assert is_quiet(time(13), time(12), time(14))
    assert not is_quiet(time(14), time(12), time(14))
    assert not is_quiet(time(3), None, time(8))
    assert not is_quiet(time(3), time(8), time(8))
    assert hour_of("") is None
    assert hour_of("25:00") is None


@pytest.mark.parametrize("text", ["7", "25:00", "19:60", "1900", "night"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="takes a time such as 19:00"):
        QUIET_FROM.parse(text)


def test_quiet_hours_can_be_left_empty() -> None:
    assert QUIET_TO.parse("") == ""
    assert setting_named("you.quiet_to") is QUIET_TO
