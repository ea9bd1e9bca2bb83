"""The ticket list: filters in SQL, chunks as one scrolls, and no stale answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.pages.tickets import view_model
from convergedesk.desktop.pages.tickets.view_model import TicketList, TicketOverview, TicketsViewModel
from convergedesk.domain.accounts import PodId
from convergedesk.domain.errors import DamagedWorkspaceError
from convergedesk.domain.tickets import TicketPage, TicketQuery, TicketRow, TicketStatus
from convergedesk.workspace import tickets as use_cases
from convergedesk.workspace.changes import Changes, Kind
from tests.desktop.pages.desk import (
    CUSTOMS,
    KESTREL,
    MANY_TICKETS,
    MARLOWE,
    PILOT_POD,
    RECEIPTS,
    Desk,
    open_desk,
)

ALL = MANY_TICKETS + 3


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def model(desk: Desk) -> TicketsViewModel:
    return TicketsViewModel(desk.context)


def ids(model: TicketsViewModel) -> list[int]:
    assert model.listed_now is not None
    return [row.ticket.id for row in model.listed_now.rows]


def total(model: TicketsViewModel) -> int:
    assert model.listed_now is not None
    return model.listed_now.total


def test_opening_lists_the_newest_first_and_says_what_waits(model: TicketsViewModel) -> None:
    overviews: list[TicketOverview] = []
    model.overviewed.connect(overviews.append)
    model.open()
    assert ids(model)[:2] == [RECEIPTS, CUSTOMS]
    assert total(model) == ALL
    assert (overviews[0].total, overviews[0].unclosed, overviews[0].unclosed_high) == (ALL, 1, 1)
    assert overviews[0].features == ("Exports", "Webhooks")


def test_opening_again_reads_nothing(model: TicketsViewModel) -> None:
    model.open()
    listed: list[TicketList] = []
    model.listed.connect(listed.append)
    model.open()
    assert listed == []


def test_filters_narrow_and_clearing_lifts_them_but_keeps_the_order(model: TicketsViewModel) -> None:
    model.open()
    model.sort_by("number", descending=False)
    model.set_high_only(True)
    assert ids(model) == [CUSTOMS, RECEIPTS]
    model.set_status(TicketStatus.OPEN)
    assert ids(model) == [RECEIPTS]
    model.set_status(None)
    model.set_text("gateway")
    assert ids(model) == [CUSTOMS]
    assert model.listed_now is not None
    assert model.listed_now.filtered
    model.clear_filters()
    assert total(model) == ALL
    assert (model.query.sort, model.query.descending) == ("number", False)
    assert not model.listed_now.filtered


def test_an_account_brings_its_sites(model: TicketsViewModel) -> None:
    model.open()
    model.set_account(MARLOWE)
    assert set(ids(model)) == {CUSTOMS, RECEIPTS}
    model.set_account(KESTREL)
    model.set_feature("Exports")
    model.set_opened(date(2026, 3, 2), date(2026, 3, 4))
    assert total(model) == 3


def test_the_pod_of_the_top_bar_narrows_the_list_and_is_no_filter(
    desk: Desk, model: TicketsViewModel
) -> None:
    model.open()
    overviews: list[TicketOverview] = []
    model.overviewed.connect(overviews.append)
    desk.context.portfolio.choose_pod(PodId(PILOT_POD))
    assert set(ids(model)) == {CUSTOMS, RECEIPTS}
    assert model.listed_now is not None
    assert not model.listed_now.filtered
    assert overviews[-1].total == 2


def test_a_query_from_elsewhere_replaces_the_filters(model: TicketsViewModel) -> None:
    model.open()
    model.set_text("gateway")
    model.open(TicketQuery(account_id=KESTREL, limit=3))
    assert total(model) == MANY_TICKETS + 1
    assert model.query.limit == view_model.CHUNK


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_model, "CHUNK", 10)


@pytest.mark.usefixtures("small_chunks")
def test_rows_arrive_in_chunks_until_all_are_here(desk: Desk) -> None:
    model = TicketsViewModel(desk.context)
    extended: list[tuple[TicketRow, ...]] = []
    model.extended.connect(extended.append)
    model.open()
    assert len(ids(model)) == 10
    for _ in range(5):
        model.fetch_more()
    assert [len(rows) for rows in extended] == [10, 7]
    assert len(set(ids(model))) == ALL


@pytest.mark.usefixtures("small_chunks")
def test_a_chunk_of_the_old_order_is_dropped(tmp_path: Path, qapp: QApplication) -> None:
    held = open_desk(tmp_path, hold=True)
    model = TicketsViewModel(held.context)
    model.open()
    held.jobs.run_all()
    model.fetch_more()
    model.fetch_more()
    assert len(held.jobs.pending) == 1
    model.sort_by("number", descending=False)
    held.jobs.run_all()
    assert len(ids(model)) == 10
    assert ids(model)[0] not in (CUSTOMS, RECEIPTS)
    held.workspace.close()


def test_changes_of_tickets_are_read_again(desk: Desk, model: TicketsViewModel) -> None:
    listed: list[TicketList] = []
    model.listed.connect(listed.append)
    desk.changes.written_elsewhere.emit()
    assert listed == []
    model.open()
    desk.changes.publish(Changes(frozenset({KESTREL}), frozenset({Kind.GOALS})))
    assert len(listed) == 1
    desk.changes.publish(Changes(frozenset({KESTREL}), frozenset({Kind.TICKETS})))
    assert len(listed) == 2


def test_a_failure_is_told_and_the_next_opening_tries_again(
    model: TicketsViewModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_arguments: object) -> TicketPage:
        raise DamagedWorkspaceError("The file is damaged.")

    failures: list[Exception] = []
    model.failed.connect(failures.append)
    with monkeypatch.context() as patched:
        patched.setattr(use_cases, "tickets", damaged)
        model.open()
    assert failures
    model.open()
    assert total(model) == ALL
