"""Pictures of contracts, the calendar, pods and exchange rates, with their dialogs and empty states."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from convergedesk.desktop.desk import Desk
from convergedesk.desktop.picture_stage import Stage
from convergedesk.domain.accounts import AccountId

_SECTIONS = ("terms", "prices", "included", "commitments", "service")


def planning(stage: Stage) -> None:
    """Everything that is agreed and planned."""
    _contracts(stage)
    _calendar(stage)
    _pods(stage)


def pilot(stage: Stage) -> None:
    """The pilot's scorecard: without anybody to compare with, and with half of the pod outside."""
    from convergedesk.workspace.edits import undo
    from convergedesk.workspace.pods import pod_book, save_pod

    with _desk(stage) as desk:
        desk.navigator.open_pilot()
        stage.shoot("pilot-nobody-outside", desk.window)
        workspace = desk.session.workspace()
        book = pod_book(workspace)
        if not book.pods:
            return
        pod = book.pods[0]
        _, changes = save_pod(workspace, replace(pod, account_ids=pod.account_ids[::2]))
        desk.context.changes.publish(changes)
        stage.shoot("pilot", desk.window)
        page: Any = desk.window.pages.currentWidget()
        if page.columns.narrow:
            page.columns.open_drawer()
            stage.shoot("pilot-rule", desk.window)
            page.columns.close_drawer()
        undo(workspace)


def _contracts(stage: Stage) -> None:
    account = _agreed(stage)
    if account is None:
        return
    with _desk(stage) as desk:
        desk.navigator.open_account(account, "contract")
        page: Any = desk.window.pages.currentWidget()
        view = page.tab_widget("contract")
        stage.shoot("contract", desk.window)
        for section in _SECTIONS:
            view.show_section(section)
            view.show_editor()
            stage.shoot(f"contract-{section}", desk.window)
        view.show_section("prices")
        form = view.model.form
        if form is not None and form.prices:
            price = form.prices[0]
            tiers = (replace(price.tiers[0], up_to="", unit_price="cheap"), *price.tiers[1:])
            view.model.edit(replace(form, prices=(replace(price, tiers=tiers), *form.prices[1:])), rows=True)
            stage.shoot("contract-mistake", desk.window)
            view.model.discard()
        view.model.new_amendment()
        stage.shoot("contract-amendment", desk.window)
    without = [row.account_id for row in stage.snapshot.top_level if row.commitment is None]
    if without:
        with _desk(stage) as desk:
            desk.navigator.open_account(without[0], "contract")
            stage.shoot("contract-other", desk.window)


def _calendar(stage: Stage) -> None:
    with _desk(stage) as desk:
        desk.navigator.open_calendar()
        stage.shoot("calendar", desk.window)
        page: Any = desk.window.pages.currentWidget()
        page.add()
        stage.shoot("calendar-entry", desk.window)
    with _desk(stage) as desk:
        desk.navigator.open_calendar()
        page = desk.window.pages.currentWidget()
        page.edit_years()
        stage.shoot("customer-year", desk.window)


def _pods(stage: Stage) -> None:
    from convergedesk.desktop.rates_dialog import RatesDialog

    with _desk(stage) as desk:
        desk.navigator.open_pods()
        stage.shoot("pods", desk.window)
        page: Any = desk.window.pages.currentWidget()
        page.model.ask_offer()
        stage.shoot("pods-suggested", desk.window)
        RatesDialog(desk.window, desk.context).open()
        stage.shoot("exchange-rates", desk.window)


def _agreed(stage: Stage) -> AccountId | None:
    """The account whose commitment is the largest."""
    found = [
        (row.commitment.committed.minor_units, row.account_id)
        for row in stage.snapshot.top_level
        if row.commitment is not None
    ]
    return max(found)[1] if found else None


@contextmanager
def _desk(stage: Stage) -> Iterator[Desk]:
    desk = stage.desk(stage.snapshot)
    try:
        yield desk
    finally:
        stage.put_away(desk.window)
