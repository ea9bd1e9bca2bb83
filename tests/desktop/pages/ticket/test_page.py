"""Driving the Ticket page with clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from convergedesk.desktop.feedback.feedback_dialog import FeedbackDialog
from convergedesk.desktop.navigator import AccountPlace, Place
from convergedesk.desktop.pages.ticket.conversation import FIRST, LAST, STEP, Conversation
from convergedesk.desktop.pages.ticket.message import Message
from convergedesk.desktop.pages.ticket.page import TicketPage
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.badge import Badge, StatusText
from convergedesk.desktop.widgets.breadcrumb import Breadcrumb
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.states import EmptyState, ErrorState
from convergedesk.domain.audience import Audience
from convergedesk.domain.tickets import TicketId, TicketMessage
from tests.desktop.pages.desk import CUSTOMS, MARLOWE, QUIET, RECEIPTS, TODAY, Desk, open_desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TicketPage:
    page = TicketPage(desk.context)
    page.resize(1280, 800)
    qtbot.addWidget(page)
    page.show()
    page.open(CUSTOMS)
    return page


@pytest.fixture
def places(desk: Desk) -> list[Place]:
    heard: list[Place] = []
    desk.navigator.arrived.connect(heard.append)
    return heard


def visible(page: TicketPage, text: str) -> Button:
    return next(each for each in page.findChildren(Button) if each.text() == text and each.isVisible())


def test_badges_and_messages_say_what_it_is(page: TicketPage) -> None:
    badges = [badge.text() for badge in page.findChildren(Badge) if badge.isVisible()]
    assert badges == ["High", "Closed 23 Oct", "Escalated", "Internal"]
    assert page.feature.text() == "Webhooks"
    messages = page.findChildren(Message)
    assert [message.accessibleName() for message in messages] == [
        "Dana Whitlock, 21 Oct 08:12",
        "Jonas Weber, 21 Oct 09:12",
        "Internal note, Amira Haddad, 21 Oct 10:12",
    ]
    internal = [status.text() for status in messages[-1].findChildren(StatusText)]
    assert internal == ["Internal"]
    assert messages[0].findChildren(StatusText) == []


def test_usage_is_shown_from_four_weeks_before_to_four_after(qtbot: QtBot, page: TicketPage) -> None:
    assert page.usage.chart.day_range() == (date(2026, 9, 23), date(2026, 11, 18))
    page.usage.span.set_value(56)
    assert page.usage.chart.day_range() == (date(2026, 8, 26), date(2026, 12, 16))
    page.usage.meter.setCurrentIndex(1)
    assert page.usage.chart.isVisible()


def test_the_way_back_and_onward(qtbot: QtBot, page: TicketPage, places: list[Place]) -> None:
    crumbs = page.findChild(Breadcrumb)
    assert crumbs is not None
    crumbs.step_clicked.emit("account")
    crumbs.step_clicked.emit("tickets")
    qtbot.mouseClick(visible(page, "All goals"), LEFT)
    qtbot.mouseClick(visible(page, "All 2"), LEFT)
    page.others.ticket_clicked.emit(RECEIPTS)
    assert places == [
        Place("account", AccountPlace(MARLOWE)),
        Place("account", AccountPlace(MARLOWE, "tickets")),
        Place("account", AccountPlace(MARLOWE, "goals")),
        Place("account", AccountPlace(MARLOWE, "tickets")),
        Place("ticket", RECEIPTS),
    ]


def test_the_support_desk_is_offered_only_where_there_is_an_address(qtbot: QtBot, page: TicketPage) -> None:
    assert page.desk_button.isVisible()
    page.address_opened.disconnect()
    with qtbot.waitSignal(page.address_opened) as opened:
        qtbot.mouseClick(page.desk_button, LEFT)
    assert opened.args == ["https://desk.example/48001"]
    page.open(QUIET)
    assert not page.desk_button.isVisible()


def test_an_address_that_is_no_web_page_is_not_opened(page: TicketPage, desk: Desk) -> None:
    page.address_opened.emit("file:///etc/passwd")
    assert desk.notices.shown == ["The file names no web address for this ticket."]


def test_a_ticket_without_anything_says_so(qtbot: QtBot, page: TicketPage) -> None:
    page.open(QUIET)

    def said() -> set[str]:
        return {label.text() for label in page.findChildren(Label) if label.isVisible()}

    expected = {
        "Without a title",
        "No messages",
        "No usage known around this ticket",
        "No goals are recorded yet.",
    }
    qtbot.waitUntil(lambda: expected <= said())
    assert not page.usage.span.isVisible()


def test_a_ticket_that_is_gone_leaves_a_way_on(page: TicketPage) -> None:
    page.open(TicketId(999))
    failure = page.findChild(ErrorState)
    assert failure is not None
    assert failure.accessibleName().startswith("The ticket could not be read. This ticket is no longer")


def message(index: int, body: str = "Hello") -> TicketMessage:
    sent = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(minutes=index)
    return TicketMessage(TicketId(1), sent, f"Person {index}", "", index % 2 == 0, Audience.SHARED, body)


@pytest.fixture
def conversation(qtbot: QtBot, qapp: QApplication) -> Conversation:
    Theme.install(qapp, Mode.LIGHT)
    conversation = Conversation()
    qtbot.addWidget(conversation)
    conversation.show()
    return conversation


def authors(conversation: Conversation) -> list[str]:
    found = sorted(conversation.findChildren(Message), key=lambda each: each.y())
    return [each.accessibleName().split(",")[0] for each in found]


def test_of_thousands_of_messages_both_ends_are_built_and_the_rest_on_request(
    qtbot: QtBot, conversation: Conversation
) -> None:
    conversation.set_messages([message(index) for index in range(3000)], UTC, TODAY)
    assert len(authors(conversation)) == FIRST + LAST
    gap = next(each for each in conversation.findChildren(Button) if "earlier" in each.text())
    assert gap.text() == "Show 50 of 2,957 earlier messages"
    qtbot.mouseClick(gap, LEFT)
    assert len(authors(conversation)) == FIRST + LAST + STEP
    qtbot.waitUntil(lambda: authors(conversation)[FIRST] == f"Person {3000 - LAST - STEP}")


def test_the_last_gap_closes(qtbot: QtBot, conversation: Conversation) -> None:
    conversation.set_messages([message(index) for index in range(FIRST + LAST + 2)], UTC, TODAY)
    gap = next(each for each in conversation.findChildren(Button) if "earlier" in each.text())
    assert gap.text() == "Show 2 earlier messages"
    qtbot.mouseClick(gap, LEFT)
    assert not gap.isVisible()
    qtbot.waitUntil(lambda: authors(conversation)[FIRST] == f"Person {FIRST}")


def test_a_long_message_is_cut_and_shown_whole_on_request(qtbot: QtBot, conversation: Conversation) -> None:
    body = "word " * 600
    conversation.set_messages([message(0, body)], UTC, TODAY)
    texts = [label for label in conversation.findChildren(Label) if label.text().startswith("word")]
    assert texts[0].text().endswith("…")
    more = next(
        each for each in conversation.findChildren(Button) if each.text().startswith("Show the whole")
    )
    qtbot.mouseClick(more, LEFT)
    assert texts[0].text() == body.strip()


def test_a_huge_message_opens_in_a_text_view(qtbot: QtBot, conversation: Conversation) -> None:
    conversation.set_messages([message(0, "line\n" * 50_000)], UTC, TODAY)
    more = next(
        each for each in conversation.findChildren(Button) if each.text().startswith("Show the whole")
    )
    qtbot.mouseClick(more, LEFT)
    view = conversation.findChild(QPlainTextEdit)
    assert view is not None
    assert view.blockCount() == 50_000
    assert view.isReadOnly()


def test_markup_in_a_message_is_text(conversation: Conversation) -> None:
    conversation.set_messages([message(0, "<b>bold</b>")], UTC, TODAY)
    label = next(each for each in conversation.findChildren(Label) if each.text() == "<b>bold</b>")
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_no_messages_are_said(conversation: Conversation) -> None:
    conversation.set_messages((), UTC, TODAY)
    assert conversation.findChild(EmptyState) is not None


def test_feedback_is_written_down_from_the_ticket(page: TicketPage) -> None:
    page.open(CUSTOMS)
    page.feedback_button.click()
    form = next(each for each in page.window().findChildren(FeedbackDialog) if each.isVisible())
    assert form.account_id == MARLOWE
    assert form.author.text() == "Dana Whitlock"
    form.reject()
