"""Feedback, driven with clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.feedback.feedback_dialog import FeedbackDialog
from convergedesk.desktop.feedback.host import feedback_of
from convergedesk.desktop.feedback.merge_dialog import MergeDialog
from convergedesk.desktop.feedback.request_dialog import RequestDialog
from convergedesk.desktop.pages.feedback.export import HEADER, table
from convergedesk.desktop.pages.feedback.list_filter import Shown
from convergedesk.desktop.pages.feedback.page import FeedbackPage
from convergedesk.desktop.pages.feedback.quotes import Quote
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.domain.audience import Audience
from convergedesk.domain.errors import DiskFullError
from convergedesk.domain.feedback import Feedback, RequestStatus
from convergedesk.workspace import feedback
from convergedesk.workspace.feedback import RequestDraft
from tests.desktop.pages.desk import CUSTOMS, KESTREL, MARLOWE, NOW, Desk, open_desk

D = TypeVar("D", bound=Dialog)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    for account, words, title in (
        (MARLOWE, "Customs needs pauses of its own", "Retry policy per destination"),
        (KESTREL, "Each acquirer is different", "Per-destination retry policies"),
        (KESTREL, "Sixty colleagues by hand", "Bulk user import"),
    ):
        item = Feedback(account, NOW, words, "Dana Whitlock")
        feedback.add_feedback(desk.workspace, item, request=RequestDraft(title))
    feedback.add_feedback(
        desk.workspace, Feedback(MARLOWE, NOW, "A retry policy for each destination, please")
    )
    yield desk
    desk.workspace.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> FeedbackPage:
    page = FeedbackPage(desk.context)
    page.resize(1440, 860)
    qtbot.addWidget(page)
    page.open()
    page.show()
    return page


def titles(page: FeedbackPage) -> list[str]:
    return [group.title for group in page.table.rows_model.rows]


def choose(page: FeedbackPage, title: str) -> None:
    page.table.select_id(next(g.key for g in page.table.rows_model.rows if g.title == title))


def dialog(page: FeedbackPage, kind: type[D]) -> D:
    return next(each for each in page.window().findChildren(kind) if each.isVisible())


def button(page: FeedbackPage, text: str) -> Button:
    # What was added to a visible card is shown with the next event.
    QApplication.processEvents()
    return next(b for b in page.detail.findChildren(Button) if b.text() == text and b.isVisible())


def test_requests_come_first_then_what_is_unsorted_then_bare_features(page: FeedbackPage) -> None:
    assert set(titles(page)[:3]) == {
        "Retry policy per destination",
        "Per-destination retry policies",
        "Bulk user import",
    }
    assert titles(page)[3] == "Not sorted yet"
    assert set(titles(page)[4:])


def test_the_first_request_is_shown_beside_the_list(page: FeedbackPage) -> None:
    assert page.detail.group is not None
    assert page.detail.group.title == titles(page)[0]


def test_filters_narrow_and_are_lifted(page: FeedbackPage) -> None:
    everything = titles(page)
    page.filters.searched.emit("acquirer")
    assert titles(page) == ["Per-destination retry policies"]
    page.filters.cleared.emit()
    page.filters.shown_chosen.emit(Shown.FEATURES)
    assert "Bulk user import" not in titles(page)
    page.model.choose(shown=Shown.ALL, status=RequestStatus.SHIPPED)
    assert titles(page) == []
    page.model.clear()
    assert titles(page) == everything


def test_likely_duplicates_are_merged_with_a_click_and_taken_back(page: FeedbackPage, desk: Desk) -> None:
    assert page.strip.isVisible()
    next(b for b in page.strip.findChildren(Button) if b.text() == "Merge").click()
    assert not page.strip.isVisible()
    assert sum("destination" in title.lower() for title in titles(page)) == 1
    desk.notices.undo()
    assert sum("destination" in title.lower() for title in titles(page)) == 2
    next(b for b in page.strip.findChildren(Button) if b.text() == "Keep apart").click()
    assert not page.strip.isVisible()


def test_a_merged_request_is_split_off_again(page: FeedbackPage, desk: Desk) -> None:
    choose(page, "Bulk user import")
    request = page.detail.group.request if page.detail.group else None
    assert request is not None
    page.detail.writing.choose_merge(request, page.model.state.requests if page.model.state else ())
    merge = dialog(page, MergeDialog)
    assert "Bulk user import" not in [merge.other.itemText(i) for i in range(merge.other.count())]
    merge.merge.click()
    assert "Bulk user import" not in titles(page)
    kept = merge.other.currentText()
    choose(page, kept)
    button(page, "Split off").click()
    assert "Bulk user import" in titles(page)


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Return])
def test_every_figure_answers_why_from_the_keyboard(qtbot: QtBot, page: FeedbackPage, key: Qt.Key) -> None:
    tiles = [tile for tile in page.detail.findChildren(KpiTile) if tile.isVisible()]
    assert len(tiles) == 3
    for tile in tiles:
        tile.setFocus()
        qtbot.keyClick(tile, key)
        why = dialog(page, WhyDialog)
        assert why.why.definition
        why.accept()


def test_feedback_is_added_for_an_account_that_is_typed(page: FeedbackPage, desk: Desk) -> None:
    page._add.click()
    form = dialog(page, FeedbackDialog)
    form.save_button.click()
    assert form.isVisible()
    form.account.setText("kestrel")
    form.account.editingFinished.emit()
    form.body_field.setPlainText("A quieter dashboard")
    form.request.set_value("new")
    form.save_button.click()
    assert form.isVisible()
    form.new_title.setText("Quiet dashboard")
    form.save_button.click()
    assert not form.isVisible()
    assert "Quiet dashboard" in titles(page)
    (said, *_) = feedback.account_feedback(desk.workspace, KESTREL)
    assert {one.body for one in feedback.account_feedback(desk.workspace, KESTREL)} >= {"A quieter dashboard"}
    assert said.account_id == KESTREL


def test_the_form_offers_the_request_that_the_words_belong_to(page: FeedbackPage) -> None:
    page._add.click()
    form = dialog(page, FeedbackDialog)
    form.body_field.setPlainText("We need a bulk import of each user in the spreadsheet")
    form.suggest()
    assert "Bulk user import" in form.offer.text()
    form.offer.click()
    assert form.request.currentText() == "Bulk user import"
    assert not form.offer.isVisible()


def test_feedback_from_a_ticket_knows_who_wrote_it(page: FeedbackPage, desk: Desk) -> None:
    feedback_of(page, desk.context).add(ticket_id=CUSTOMS)
    form = dialog(page, FeedbackDialog)
    assert form.author.text() == "Dana Whitlock"
    form.body_field.setPlainText("Said in the ticket")
    form.save_button.click()
    (item,) = feedback.ticket_feedback(desk.workspace, CUSTOMS)
    assert (item.account_id, item.author, item.request_id) == (MARLOWE, "Dana Whitlock", None)


def test_editing_keeps_what_was_not_touched(page: FeedbackPage, desk: Desk) -> None:
    choose(page, "Bulk user import")
    quote = page.detail.findChild(Quote)
    assert quote is not None
    quote.findChildren(IconButton)[0].click()
    form = dialog(page, FeedbackDialog)
    form.audience.set_value(Audience.SHARED)
    form.save_button.click()
    kept = next(one for one in feedback.account_feedback(desk.workspace, KESTREL) if "Sixty" in one.body)
    assert (kept.audience, kept.given_at, kept.author) == (Audience.SHARED, NOW, "Dana Whitlock")


def test_deleting_is_told_and_taken_back(page: FeedbackPage, desk: Desk) -> None:
    choose(page, "Bulk user import")
    quote = page.detail.findChild(Quote)
    assert quote is not None
    quote.findChildren(IconButton)[1].click()
    assert desk.notices.shown[-1] == "Feedback deleted"
    assert page.detail.group is not None
    assert page.detail.group.votes == 0
    desk.notices.undo()
    assert page.detail.group.votes == 1


def test_keys_add_to_a_request_and_delete_it(qtbot: QtBot, page: FeedbackPage, desk: Desk) -> None:
    choose(page, "Bulk user import")
    page.activateWindow()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = dialog(page, FeedbackDialog)
    assert form.request.currentText() == "Bulk user import"
    form.reject()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert "Bulk user import" not in titles(page)
    desk.notices.undo()
    assert "Bulk user import" in titles(page)


def test_unsorted_words_are_counted_with_the_request_they_name(page: FeedbackPage) -> None:
    choose(page, "Not sorted yet")
    offered = next(b for b in page.detail.findChildren(Button) if b.text().startswith("Count with"))
    offered.click()
    assert "Not sorted yet" not in titles(page)


def test_a_bare_feature_becomes_a_request(page: FeedbackPage) -> None:
    bare = titles(page)[-1]
    choose(page, bare)
    button(page, "Write a request").click()
    form = dialog(page, RequestDialog)
    assert form.feature.text() == bare
    form.title_field.setText("Better " + bare)
    form.status.set_value(RequestStatus.PLANNED)
    form.save_button.click()
    assert "Better " + bare in titles(page)
    assert bare not in titles(page)


def test_a_full_disk_is_told_and_keeps_the_words(page: FeedbackPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise DiskFullError("The disk is full.", fix="Make room.")

    page._request.click()
    form = dialog(page, RequestDialog)
    form.title_field.setText("Half a thought")
    with monkeypatch.context() as patched:
        patched.setattr(feedback, "add_request", full)
        form.save_button.click()
    assert form.isVisible()
    assert "disk is full" in form.failure.text()
    form.save_button.click()
    assert "Half a thought" in titles(page)


def test_where_nothing_was_billed_the_page_says_what_would_bring_it(page: FeedbackPage) -> None:
    assert page.model.state is not None
    assert "Import billing" in page.model.state.note
    assert page._note.isVisible()


def test_the_export_holds_every_row_with_its_figures(page: FeedbackPage) -> None:
    state = page.model.state
    assert state is not None
    rows = list(table(state.rows, state.book))
    assert rows[0] == HEADER
    assert {row[0] for row in rows[1:]} == set(titles(page))
    assert all(len(row) == len(HEADER) for row in rows)


def test_the_list_is_saved_where_the_person_says(page: FeedbackPage, desk: Desk, tmp_path: Path) -> None:
    page.export.save((tmp_path / "asked.csv",))
    assert "Bulk user import" in (tmp_path / "asked.csv").read_text(encoding="utf-8-sig")
    assert desk.notices.shown[-1] == "Feedback saved in “asked.csv”"
    page.export.save((tmp_path / "nowhere" / "asked.csv",))
    assert "could not be saved" in desk.notices.shown[-1]


def test_something_that_was_said_is_gone_to_with_its_request(page: FeedbackPage, desk: Desk) -> None:
    said = next(one for one in feedback.account_feedback(desk.workspace, KESTREL) if "Sixty" in one.body)
    page.model.choose(text="no such words")
    page.open(said.id)
    assert page.table.current_id() == ("request", said.request_id)
    assert page.detail.group is not None
    assert page.detail.group.title == "Bulk user import"


def test_many_quotes_are_shown_on_demand_and_a_wanted_one_is_among_them(
    page: FeedbackPage, desk: Desk
) -> None:
    request = next(
        one for one in feedback.choices(desk.workspace).requests if one.title == "Bulk user import"
    )
    for number in range(20):
        at = NOW + timedelta(minutes=number + 1)
        feedback.add_feedback(desk.workspace, Feedback(MARLOWE, at, f"Vote {number}", request_id=request.id))
    page.model.reload()
    choose(page, "Bulk user import")
    QApplication.processEvents()
    assert sum(not quote.isHidden() for quote in page.detail.findChildren(Quote)) == 12
    oldest = next(one for one in feedback.account_feedback(desk.workspace, KESTREL) if "Sixty" in one.body)
    page.open(oldest.id)
    assert any(quote.item.id == oldest.id for quote in page.detail.findChildren(Quote))


def test_an_empty_workspace_says_how_feedback_comes(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    for request in feedback.choices(desk.workspace).requests:
        feedback.delete_request(desk.workspace, request.id)
    for account in (MARLOWE, KESTREL):
        for item in feedback.account_feedback(desk.workspace, account):
            feedback.delete_feedback(desk.workspace, item.id)
    with desk.workspace.store.write() as connection:
        connection.exec_driver_sql("UPDATE tickets SET feature_id = NULL")
    page = FeedbackPage(desk.context)
    qtbot.addWidget(page)
    page.show()
    empty = next(each for each in page.findChildren(EmptyState) if each.isVisible())
    assert empty.accessibleName().startswith("No feedback yet")


def test_a_hidden_page_reads_nothing_until_it_is_looked_at(page: FeedbackPage, desk: Desk) -> None:
    page.hide()
    before = titles(page)
    changes = feedback.add_request(desk.workspace, RequestDraft("Later"))
    desk.changes.publish(replace(changes))
    assert titles(page) == before
    page.show()
    assert "Later" in titles(page)
