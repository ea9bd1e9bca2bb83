"""Pictures of opportunities and feedback, with their dialogs and empty states."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from convergedesk.desktop.desk import Desk
from convergedesk.desktop.explaining import show_why
from convergedesk.desktop.picture_stage import Stage
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.feedback_words import why_stake


def opportunities(stage: Stage) -> None:
    """What accounts could still use, the map of use, and what a person decides."""
    with _desk(stage) as desk:
        desk.navigator.open_opportunities()
        page: Any = desk.window.pages.currentWidget()
        stage.shoot("opportunities", desk.window)
        if stage.narrow:
            page.columns.open_drawer()
            stage.shoot("opportunities-drawer", desk.window)
            page.columns.close_drawer()
        meter = next((row for row in page.model.state.rows if row.opening.meter_id is not None), None)
        if meter is not None:
            page.table.select_id(meter.key)
            stage.shoot("opportunities-meter", desk.window)
        page.mode.set_value("use")
        stage.shoot("opportunities-use", desk.window)
        if meter is not None:
            show_why(page, meter.opening.why, desk.context)
            stage.shoot("opportunities-why", desk.window)
    for name, asked in (
        ("opportunities-take-up", lambda deciding, row: deciding.take_up(row)),
        ("opportunities-not-now", lambda deciding, row: deciding.put_off(row)),
        ("opportunities-dismiss", lambda deciding, row: deciding.dismiss(row)),
    ):
        with _desk(stage) as desk:
            desk.navigator.open_opportunities()
            page = desk.window.pages.currentWidget()
            if page.model.state.rows:
                asked(page.deciding, page.model.state.rows[0])
                stage.shoot(name, desk.window)
    with _desk(stage, rows=()) as desk:
        desk.navigator.open_opportunities()
        stage.shoot("opportunities-empty", desk.window)


def feedback(stage: Stage) -> None:
    """What customers ask for, with what a person does about it."""
    with _desk(stage) as desk:
        desk.navigator.open_feedback()
        page: Any = desk.window.pages.currentWidget()
        stage.shoot("feedback", desk.window)
        if stage.narrow:
            page.columns.open_drawer()
            stage.shoot("feedback-drawer", desk.window)
            page.columns.close_drawer()
        state = page.model.state
        unsorted = next((group for group in state.rows if group.key == ("feature", 0)), None)
        if unsorted is not None:
            page.table.select_id(unsorted.key)
            stage.shoot("feedback-not-sorted", desk.window)
        bare = next((group for group in state.rows if group.request is None and group.feature), None)
        if bare is not None:
            page.table.select_id(bare.key)
            stage.shoot("feedback-feature", desk.window)
        page.model.choose(text="no such words")
        stage.shoot("feedback-no-match", desk.window)
        page.model.clear()
        group = next((one for one in state.rows if one.billed), None)
        if group is not None:
            show_why(page, why_stake(group, state.book), desk.context)
            stage.shoot("feedback-why", desk.window)
    for name, opened in (
        ("feedback-add", lambda writing, _request: writing.add()),
        ("feedback-request", lambda writing, request: writing.edit_request(request)),
    ):
        with _desk(stage) as desk:
            desk.navigator.open_feedback()
            page = desk.window.pages.currentWidget()
            group = next((one for one in page.model.state.rows if one.request is not None), None)
            if group is not None:
                opened(page.detail.writing, group.request)
                stage.shoot(name, desk.window)
    with _desk(stage, rows=()) as desk:
        desk.navigator.open_feedback()
        stage.shoot("feedback-empty", desk.window)


@contextmanager
def _desk(stage: Stage, *, rows: tuple[PortfolioRow, ...] | None = None) -> Iterator[Desk]:
    snapshot = stage.snapshot if rows is None else replace(stage.snapshot, rows=rows, pods=())
    desk = stage.desk(snapshot)
    try:
        yield desk
    finally:
        stage.put_away(desk.window)
