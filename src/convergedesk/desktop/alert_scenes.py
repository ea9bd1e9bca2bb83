"""Pictures of the alerts, of what is decided about them, and of the rules tried out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from convergedesk.desktop.desk import Desk
from convergedesk.desktop.picture_stage import Stage
from convergedesk.domain.alerts import AlertKind

_SHOWN = (
    AlertKind.SILENT_DIP,
    AlertKind.DIP_AFTER_TICKET,
    AlertKind.GOAL_SLIPPING,
    AlertKind.COMMITMENT,
    AlertKind.CHAMPION_LEFT,
)


def alerts(stage: Stage) -> None:
    """The inbox with a dip open, several chosen, what was put off, the rules, and nothing to see."""
    from convergedesk.workspace import alerts as use
    from convergedesk.workspace.insights import refresh_insights

    workspace = stage.session.workspace()
    with _desk(stage) as desk:
        desk.navigator.open_alerts()
        stage.shoot("alerts-empty", desk.window)
    refresh_insights(workspace)
    use.refresh_alerts(workspace)
    with _desk(stage) as desk:
        desk.navigator.open_alerts()
        page: Any = desk.window.pages.currentWidget()
        listed = page.inbox.listed.alerts()
        if not listed:
            return
        for kind in _SHOWN:
            one = next((row for row in listed if row.alert.finding.kind is kind), None)
            if one is not None:
                page.inbox.choose(one.alert.id)
                stage.shoot(f"alerts-{kind.value.replace('_', '-')}", desk.window)
        page.inbox.selectAll()
        stage.shoot("alerts-several", desk.window)
        today = workspace.today
        decisions = (
            lambda ids: use.snooze(workspace, ids, today + timedelta(days=4)),
            lambda ids: use.expect(workspace, ids, "Season or holiday"),
            lambda ids: use.done(workspace, ids),
        )
        for decide, row in zip(decisions, listed, strict=False):
            desk.context.changes.publish(decide([row.alert.id]))
        if listed:
            page.inbox.choose(listed[min(1, len(listed) - 1)].alert.id)
        stage.shoot("alerts-decided", desk.window)
        _rules(stage, desk)
    _take_back(workspace)


def _rules(stage: Stage, desk: Desk) -> None:
    from convergedesk.desktop.navigator import ALERT_RULES, Place

    desk.navigator.go(Place(ALERT_RULES))
    page: Any = desk.window.pages.currentWidget()
    stage.shoot("alert-rules", desk.window)
    places = [rule.kind for rule in page.model.rules.rules]
    page.model.choose(places.index(AlertKind.DIP_AFTER_TICKET))
    page.model.set_value("least_drop", 15)
    page.model.try_out()
    stage.shoot("alert-rules-preview", desk.window)
    page.model.set_value("least_drop", "many")
    stage.shoot("alert-rules-mistake", desk.window)
    page.model.discard()


def _take_back(workspace: Any) -> None:
    from convergedesk.workspace.edits import undo

    for _ in range(3):
        undo(workspace)


@contextmanager
def _desk(stage: Stage) -> Iterator[Desk]:
    desk = stage.desk(stage.snapshot)
    try:
        yield desk
    finally:
        stage.put_away(desk.window)
