"""'Add feedback' from anywhere knows where the person is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.feedback.feedback_dialog import FeedbackDialog
from convergedesk.desktop.feedback.feedback_form import from_draft
from convergedesk.desktop.feedback.host import FeedbackWriting, feedback_of
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.button import Button
from tests.desktop.pages.desk import CUSTOMS, KESTREL, MARLOWE, Desk, open_desk


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def writing(window: QWidget, desk: Desk) -> FeedbackWriting:
    return feedback_of(window, desk.context)


def form(window: QWidget) -> FeedbackDialog:
    return next(each for each in window.findChildren(FeedbackDialog) if each.isVisible())


def test_there_is_one_for_a_window(window: QWidget, desk: Desk, writing: FeedbackWriting) -> None:
    assert feedback_of(window, desk.context) is writing


def test_the_palette_offers_it_for_the_account_or_the_ticket_in_view(
    window: QWidget, desk: Desk, writing: FeedbackWriting
) -> None:
    (command,) = writing.commands()
    assert command.title == "Add feedback…"
    for go, account in (
        (lambda: desk.navigator.open_account(KESTREL), KESTREL),
        (lambda: desk.navigator.open_ticket(CUSTOMS), MARLOWE),
        (desk.navigator.open_home, None),
    ):
        go()
        (command,) = writing.commands()
        command.run()
        opened = form(window)
        assert opened.account_id == account
        opened.reject()


def test_what_was_typed_is_not_given_up_without_asking(
    window: QWidget, desk: Desk, writing: FeedbackWriting
) -> None:
    writing.add(KESTREL)
    opened = form(window)
    opened.body_field.setPlainText("Half a thought")
    opened.reject()
    assert opened.isVisible()
    next(b for b in window.findChildren(Button) if b.text() == "Discard").click()
    assert not opened.isVisible()


def test_the_people_of_the_account_that_is_typed_are_offered(
    window: QWidget, desk: Desk, writing: FeedbackWriting
) -> None:
    writing.add()
    opened = form(window)
    opened.account.setText("marlowe")
    opened.account.editingFinished.emit()
    assert opened.account_id == MARLOWE
    assert opened.author.completer() is not None


def test_what_was_begun_is_there_again_after_a_fault(
    window: QWidget, desk: Desk, writing: FeedbackWriting
) -> None:
    writing.add(ticket_id=CUSTOMS)
    begun = form(window)
    begun.body_field.setPlainText("Half a thought")
    begun.request.set_value("new")
    begun.new_title.setText("Half a title")
    begun._autosave.flush()
    begun.hide()
    writing.add(ticket_id=CUSTOMS)
    again = form(window)
    assert again.body_field.toPlainText() == "Half a thought"
    assert again.new_title.text() == "Half a title"
    again.save_button.click()
    assert not again.isVisible()
    writing.add(ticket_id=CUSTOMS)
    assert form(window).body_field.toPlainText() == ""


def test_giving_up_forgets_what_was_begun(window: QWidget, desk: Desk, writing: FeedbackWriting) -> None:
    writing.add()
    begun = form(window)
    begun.account.setText("kestrel")
    begun.account.editingFinished.emit()
    begun.body_field.setPlainText("Half a thought")
    begun._autosave.flush()
    begun.reject()
    next(b for b in window.findChildren(Button) if b.text() == "Discard").click()
    writing.add()
    assert form(window).body_field.toPlainText() == ""
    assert form(window).account_id is None


def test_a_draft_of_another_shape_is_no_draft() -> None:
    assert from_draft({"body": "x"}) is None
    assert from_draft({}) is None
