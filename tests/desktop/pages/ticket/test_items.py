"""A message that a search found is in sight, also where it lies between both ends of a long conversation."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from convergedesk.desktop.navigator import Item
from convergedesk.desktop.pages.ticket.page import TicketPage
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.reveal import Mark
from convergedesk.domain.audience import Audience
from convergedesk.store.tables import ticket_messages
from tests.desktop.pages.desk import NOW, QUIET, Desk, open_desk

MANY = 120
WANTED = 5_060


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    with opened.workspace.store.write() as connection:
        for number in range(MANY):
            connection.execute(
                insert(ticket_messages).values(
                    id=5_000 + number,
                    ticket_id=QUIET,
                    external_id=f"m{number}",
                    sent_at=NOW + timedelta(minutes=number),
                    author="Ana",
                    author_role="Support",
                    from_customer=False,
                    audience=Audience.SHARED,
                    body=f"Message {number}",
                )
            )
    yield opened
    opened.workspace.close()


def test_a_message_in_the_middle_is_built_and_marked(desk: Desk, qtbot: QtBot, light: Theme) -> None:
    page = TicketPage(desk.context)
    qtbot.addWidget(page)
    page.resize(1300, 860)
    page.show()
    desk.navigator.open_ticket(QUIET, Item("message", WANTED))
    page.open(QUIET)
    message = page.conversation.message(WANTED)
    assert message is not None
    qtbot.waitUntil(lambda: bool(message.findChildren(Mark)))
    assert page.conversation.message(99_999) is None
