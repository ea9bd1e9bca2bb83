"""Reading one ticket, and reading it again when something around it changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.pages.ticket.view_model import TicketViewModel
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.tickets import TicketId
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.ticket_context import TicketContext
from tests.desktop.pages.desk import CUSTOMS, KESTREL, MARLOWE, QUIET, RECEIPTS, Desk, open_desk


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


def test_a_ticket_comes_with_its_context(desk: Desk) -> None:
    model = TicketViewModel(desk.context)
    model.show_ticket(CUSTOMS)
    detail = model.detail
    assert detail is not None
    assert [message.author for message in detail.messages][-1] == "Amira Haddad"
    assert [other.id for other in detail.others] == [RECEIPTS]
    assert len(detail.goals) == 3
    assert detail.usage.total is not None


def test_a_ticket_that_is_gone_is_told(desk: Desk) -> None:
    model = TicketViewModel(desk.context)
    failures: list[Exception] = []
    model.failed.connect(failures.append)
    model.show_ticket(TicketId(999))
    assert isinstance(failures[0], NotFoundError)
    assert model.detail is None


def test_only_the_last_asked_for_is_shown(tmp_path: Path, qapp: QApplication) -> None:
    held = open_desk(tmp_path, hold=True)
    model = TicketViewModel(held.context)
    loaded: list[TicketContext] = []
    model.loaded.connect(loaded.append)
    model.show_ticket(CUSTOMS)
    model.show_ticket(QUIET)
    held.jobs.run_all()
    assert [shown.detail.ticket.id for shown in loaded] == [QUIET]
    held.workspace.close()


def test_changes_at_its_account_are_read_again_without_a_skeleton(desk: Desk) -> None:
    model = TicketViewModel(desk.context)
    model.show_ticket(CUSTOMS)
    skeletons: list[None] = []
    loaded: list[TicketContext] = []
    model.loading.connect(lambda: skeletons.append(None))
    model.loaded.connect(loaded.append)
    desk.changes.publish(Changes(frozenset({KESTREL}), frozenset({Kind.TICKETS})))
    assert loaded == []
    desk.changes.publish(Changes(frozenset({MARLOWE}), frozenset({Kind.GOALS})))
    desk.changes.written_elsewhere.emit()
    assert len(loaded) == 2
    assert skeletons == []
