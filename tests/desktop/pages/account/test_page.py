"""Driving the Account page with clicks and keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import AccountPlace, Place
from convergedesk.desktop.pages.account.adoption_tab import AdoptionTab
from convergedesk.desktop.pages.account.billing_tab import BillingTab
from convergedesk.desktop.pages.account.overview import Overview
from convergedesk.desktop.pages.account.page import AccountPage
from convergedesk.desktop.pages.account.ticket_row import TicketRow
from convergedesk.desktop.pages.account.tickets_tab import TicketsTab
from convergedesk.desktop.pages.account.timeline_tab import TimelineTab
from convergedesk.desktop.pages.account.usage_card import UsageCard
from convergedesk.desktop.pages.account.usage_story import prepared
from convergedesk.desktop.theme import Theme, color
from convergedesk.desktop.widgets.badge import Badge, StatusText
from convergedesk.desktop.widgets.bars import GoalBar
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.skeleton import Skeleton
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.domain.accounts import AccountId, Lifecycle
from convergedesk.domain.billing import Subscription
from convergedesk.domain.errors import NotFoundError
from convergedesk.figures.billing_view import billing_view
from convergedesk.figures.why import Why
from convergedesk.workspace.changes import Changes, Kind
from tests.desktop.account_book import (
    MARLOWE,
    Reads,
    account,
    data,
    effect,
    episode,
    insights,
    invoice,
    no_usage,
    subscription,
    usage,
)
from tests.desktop.account_figures_book import nothing_known
from tests.desktop.around import Around, around, child, texts
from tests.desktop.book import TODAY, snapshot

LEFT = Qt.MouseButton.LeftButton
Show = Callable[..., AccountPage]


class Goals(QLabel):
    """Stands in for the Goals tab, which is another page's."""

    def show_account(self, account_id: AccountId, *, with_sites: bool = True) -> None:
        self.setText(f"goals of {account_id}" if with_sites else f"goals of {account_id} alone")


def settle() -> None:
    """Let what is read after the page stands begin, and with these jobs end."""
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def book(light: Theme) -> Around:
    return around(snapshot())


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    # Held here until the test is over: a page that nobody holds may be collected while it is painted.
    kept: list[AccountPage] = []

    def make(book: Around, reads: Reads, *, go: bool = True) -> AccountPage:
        page = AccountPage(book.context, reads, Goals, Goals)
        kept.append(page)
        page.resize(1440, 860)
        qtbot.addWidget(page)
        book.navigator.arrived.connect(lambda place: page.open(place.argument))
        page.show()
        if go:
            book.navigator.open_account(MARLOWE)
            settle()
        return page

    yield make
    kept.clear()


@pytest.fixture
def page(show: Show, book: Around, reads: Reads) -> AccountPage:
    return show(book, reads)


def card(page: AccountPage) -> UsageCard:
    return page.findChildren(UsageCard)[0]


def visible(page: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in page.findChildren(kind) if one.isVisible()]


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.filesSelected.emit([str(path)]))


def menu_entry(page: AccountPage, words: str) -> Callable[[], None]:
    actions = card(page).export.menu().actions()
    return next(action.trigger for action in actions if action.text().startswith(words))


def test_the_head_names_the_customer_and_what_was_agreed(page: AccountPage) -> None:
    assert "Marlowe Freight" in texts(page, ElidedLabel)
    assert "Strategic" in texts(page, Badge)
    said = " ".join(texts(page, QLabel))
    assert "€1.20\u202fM a year" in said
    assert "31 Mar 2027" in said
    assert "Jonas Weber and Priya Nair" in said


def test_the_overview_shows_goals_tickets_health_and_commitment(page: AccountPage) -> None:
    assert "Behind" in texts(page, StatusText)
    assert any(words.startswith("Runs out about ") for words in texts(page, Label))
    assert "Carrier portal shows stale ETA" in texts(page, QAbstractButton)
    assert "Watch" in texts(page, Badge)
    assert "Health 72, watch" in texts(page, Badge)


def test_the_billing_tab_shows_month_what_if_and_retention(page: AccountPage) -> None:
    page.tabs.set_current("billing")
    tab = page.tab_widget("billing")
    assert isinstance(tab, BillingTab)
    assert tab.month.accrued.accessibleName().startswith("Accrued (not yet invoiced): €33.1k")
    assert "108\u202f%" in texts(tab, Label)
    tab.what_if.slider.setValue(-10)
    assert "With \u221210\u202f%" in texts(tab, ElidedLabel)


def test_the_adoption_tab_is_read_when_it_opens(page: AccountPage, reads: Reads) -> None:
    reads.asked.clear()
    page.tabs.set_current("adoption")
    assert reads.asked == [("adoption", MARLOWE), ("compared", MARLOWE)]
    tab = page.tab_widget("adoption")
    assert isinstance(tab, AdoptionTab)
    assert len(tab.table.rows_model.rows) == 3


def test_sites_shown_apart_leave_what_was_found_of_all_of_them_and_say_so(
    page: AccountPage, reads: Reads
) -> None:
    page.model.set_with_sites(False)
    settle()
    assert page.usage.dips == ()
    assert page.usage.band is not None
    assert any("Its sites are counted in here." in words for words in texts(page, Label))


def test_while_figures_are_computed_anew_the_last_ones_say_how_old_they_are(
    page: AccountPage, book: Around
) -> None:
    book.context.changes.set_computing(computing=True)
    assert any("being computed anew." in words for words in texts(page, Label))
    book.context.changes.set_computing(computing=False)
    assert not any("being computed anew." in words for words in texts(page, Label))


def test_a_ticket_opens_from_its_row_and_from_its_mark_on_the_chart(
    qtbot: QtBot, page: AccountPage, book: Around
) -> None:
    qtbot.mouseClick(child(page, QAbstractButton, "Customs gateway deliveries time out"), LEFT)
    assert book.navigator.place == Place("ticket", 21)
    book.navigator.back()
    card(page).chart.ticket_clicked.emit(31)
    assert book.navigator.place == Place("ticket", 31)


def test_links_of_cards_lead_to_their_tabs(qtbot: QtBot, page: AccountPage, book: Around) -> None:
    qtbot.mouseClick(child(page, Button, "All 3"), LEFT)
    assert page.tabs.current() == "tickets"
    assert book.navigator.place == Place("account", AccountPlace(MARLOWE, "tickets"))
    qtbot.mouseClick(page.tabs, LEFT, pos=page.tabs.tabRect(0).center())
    qtbot.mouseClick(child(page, Button, "What if"), LEFT)
    assert page.tabs.current() == "billing"


def test_periods_ranges_and_panning_stay_in_step(qtbot: QtBot, page: AccountPage) -> None:
    chart = card(page).chart
    assert chart.day_range() == (date(2026, 9, 11), date(2026, 12, 9))
    card(page).period.set_value(30)
    assert chart.day_range() == (date(2026, 11, 10), date(2026, 12, 9))
    card(page).open_range()
    field = card(page).first
    field.setFocus()
    field.setText("1 Oct 2026")
    assert chart.day_range() == (date(2026, 10, 1), date(2026, 12, 9))
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    first, last = chart.day_range()
    assert (last - first) == timedelta(days=69)
    assert first < date(2026, 10, 1)
    assert page.usage.days is None


def test_a_range_that_runs_backwards_is_explained_and_not_shown(page: AccountPage) -> None:
    card(page).open_range()
    card(page).first.setText("31 Dec 2026")
    assert "The first day must come before the last." in texts(page, Label)
    assert card(page).chart.day_range()[0] == date(2026, 9, 11)


def test_another_meter_and_the_quarter_before(qtbot: QtBot, page: AccountPage) -> None:
    card(page).meter.set_value("meter 1")
    qtbot.mouseClick(child(page, Chip, "Compare with Q3"), LEFT)
    assert any(words.startswith("Q4 2026 so far: 200 events a day") for words in texts(page, ElidedLabel))
    card(page).meter.set_value("meter 3")
    assert not any(words.startswith("Compare") for words in texts(page, Chip))


def test_the_chart_is_saved_as_a_picture_and_its_data_as_csv(
    page: AccountPage, book: Around, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_to(monkeypatch, tmp_path / "chart.png")
    menu_entry(page, "Save picture")()
    assert QImage(str(tmp_path / "chart.png")).width() > 600
    save_to(monkeypatch, tmp_path / "chart.csv")
    menu_entry(page, "Save data")()
    lines = (tmp_path / "chart.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("period,Total (events)")
    assert len(lines) == 91
    assert book.said == [("Saved “chart.png”", "good"), ("Saved “chart.csv”", "good")]


def test_a_picture_that_cannot_be_saved_is_a_plain_sentence(
    page: AccountPage, book: Around, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_to(monkeypatch, tmp_path / "gone" / "chart.png")
    menu_entry(page, "Save picture")()
    assert book.said[0][0].startswith("“chart.png” could not be saved")


def test_the_expected_range_and_the_dips_are_laid_around_the_line(page: AccountPage) -> None:
    assert page.usage.band is not None
    assert [dip.title for dip in page.usage.dips] == ["−31\u202f% after #48213"]
    assert "1 confirmed dip" in card(page).chart.accessibleDescription()
    card(page).meter.set_value("meter 2")
    assert page.usage.band is not None
    assert page.usage.dips == ()
    card(page).meter.set_value("each")
    assert page.usage.band is None


def test_the_chart_answers_why_by_menu_key_and_click(qtbot: QtBot, page: AccountPage) -> None:
    asked: list[Why] = []
    card(page).why_wanted.connect(asked.append)
    titles = [action.text() for action in card(page).why.menu().actions()]
    assert titles == ["Expected range", "−31\u202f% after #48213"]
    card(page).why.menu().actions()[1].trigger()
    card(page).chart.dip_clicked.emit(page.usage.dips[0])
    assert [one.title for one in asked] == ["Usage against expected"] * 2
    qtbot.keyClick(card(page).chart, Qt.Key.Key_W)
    assert [one.why.title for one in page.findChildren(WhyDialog)][-1] == "Expected range"


def test_a_click_on_a_ticket_s_effect_asks_why_and_does_not_open_it(
    qtbot: QtBot, page: AccountPage, book: Around
) -> None:
    row = child(page, TicketRow, "Customs gateway deliveries time out")
    row.grab()
    qtbot.mouseClick(row, LEFT, pos=QPoint(row.width() - 12, row.height() // 2))
    assert [one.why.figure for one in page.findChildren(WhyDialog)] == ["−31\u202f%"]
    assert book.navigator.place == Place("account", AccountPlace(MARLOWE))
    assert "effect on usage −31\u202f% −38 to −22, restored in 6 days" in row.accessibleName()


def test_what_tickets_did_is_read_after_the_page_stands(light: Theme, reads: Reads, show: Show) -> None:
    book = around(snapshot(), hold=True)
    page = show(book, reads, go=False)
    page.open(AccountPlace(MARLOWE))
    book.jobs.run_next()
    assert visible(page, Overview)
    assert page.usage.band is None
    settle()
    book.jobs.run_all()
    assert page.usage.band is not None


def test_effects_that_are_new_leave_the_rest_of_the_account_alone(
    page: AccountPage, book: Around, reads: Reads
) -> None:
    reads.asked.clear()
    reads.studied.clear()
    reads.found = insights(episode(effects=(effect(estimate=-0.4, low=-0.5, high=-0.3),)))
    book.context.changes.publish(Changes(frozenset({MARLOWE}), frozenset({Kind.INSIGHTS})))
    settle()
    assert reads.asked == []
    assert reads.studied == [MARLOWE]
    assert [dip.title for dip in page.usage.dips] == ["−40\u202f% after #48213"]


def test_the_tickets_tab_shows_effects_and_narrows_to_them(qtbot: QtBot, page: AccountPage) -> None:
    page.tabs.set_current("tickets")
    tab = page.tab_widget("tickets")
    assert isinstance(tab, TicketsTab)
    columns = {column.key: column for column in tab.table.rows_model.columns}
    shown = {ticket.number: columns["effect"].text(ticket) for ticket in tab.table.rows_model.rows}
    assert shown == {"48731": "measuring until 21 Dec", "48213": "−31\u202f% −38 to −22", "47655": "no dip"}
    qtbot.mouseClick(child(tab, Chip, "Lowered usage 1"), LEFT)
    assert [ticket.number for ticket in tab.table.rows_model.rows] == ["48213"]
    tab.table.select_id(21)
    qtbot.keyClick(tab.table, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert [one.why.title for one in tab.window().findChildren(WhyDialog)]


def test_the_tickets_tab_narrows_and_opens(qtbot: QtBot, page: AccountPage, book: Around) -> None:
    page.tabs.set_current("tickets")
    tab = page.tab_widget("tickets")
    assert isinstance(tab, TicketsTab)
    assert [ticket.number for ticket in tab.table.rows_model.rows] == ["48731", "48213", "47655"]
    qtbot.mouseClick(child(tab, Chip, "High priority 1"), LEFT)
    assert [ticket.number for ticket in tab.table.rows_model.rows] == ["48213"]
    qtbot.mouseClick(child(tab, Chip, "All 3"), LEFT)
    page.focus_search()
    tab.search.setText("#47655")
    qtbot.keyClick(tab.search, Qt.Key.Key_Return)
    assert [ticket.number for ticket in tab.table.rows_model.rows] == ["47655"]
    tab.table.activated_id.emit(11)
    assert book.navigator.place == Place("ticket", 11)


def test_the_goals_tab_is_handed_the_account(page: AccountPage) -> None:
    page.tabs.set_current("goals")
    assert texts(page, Goals) == ["goals of 4"]


def test_only_the_tab_on_screen_is_filled_and_the_others_when_they_are_opened(
    page: AccountPage, reads: Reads
) -> None:
    page.tabs.set_current("tickets")
    page.tabs.set_current("overview")
    tab = page.tab_widget("tickets")
    assert isinstance(tab, TicketsTab)
    reads.answer = data(tickets=())
    page.model.reload()
    assert len(tab.table.rows_model.rows) == 3
    page.tabs.set_current("tickets")
    assert len(tab.table.rows_model.rows) == 0


def test_another_account_shows_none_of_the_rows_of_the_one_before(
    page: AccountPage, book: Around, reads: Reads
) -> None:
    reads.answer = data(tickets=(), goals=())
    book.navigator.open_account(AccountId(2))
    assert not visible(page, TicketRow)
    assert not visible(page, GoalBar)


def test_the_billing_tab_lists_invoices_and_subscriptions(page: AccountPage) -> None:
    page.tabs.set_current("billing")
    tables = visible(page, TableView)
    assert [table.accessibleName() for table in tables] == ["Invoices"]
    assert "8 invoices · last issued 3 Dec 2026" in texts(page, ElidedLabel)


def test_an_account_with_subscriptions_only_opens_on_those(qtbot: QtBot, book: Around, show: Show) -> None:
    only: tuple[Subscription, ...] = (subscription(),)
    bare = billing_view((), only, (), {}, today=TODAY)
    reads = Reads(bills=bare)
    reads.figures = nothing_known()
    page = show(book, reads)
    page.tabs.set_current("billing")
    assert [table.accessibleName() for table in visible(page, TableView)] == ["Subscriptions"]
    assert "No invoices yet" in texts(page, Label)
    assert "108\u202f%" in texts(page, Label)


def test_the_timeline_is_read_on_opening_and_tells_internal_entries_apart(
    qtbot: QtBot, page: AccountPage, book: Around
) -> None:
    page.tabs.set_current("timeline")
    tab = page.tab_widget("timeline")
    assert isinstance(tab, TimelineTab)
    rows = tab.table.rows_model.rows
    assert [row[1].title for row in rows] == ["Ticket opened", "Note by Lena"]
    # 23:00 in UTC is the first of December in the account's zone.
    assert tab.table.rows_model.columns[1].text(rows[1]) == "1 Dec"
    qtbot.mouseClick(child(tab, Chip, "Tickets 1"), LEFT)
    tab.table.activated_id.emit(0)
    assert book.navigator.place == Place("ticket", 31)


def test_what_is_still_ahead_is_kept_apart_from_what_happened(qtbot: QtBot, page: AccountPage) -> None:
    page.tabs.set_current("timeline")
    tab = page.tab_widget("timeline")
    assert isinstance(tab, TimelineTab)
    first, second = (row[1] for row in tab.table.rows_model.rows)
    tab.set_entries([replace(first, at=first.at + timedelta(days=30)), second], UTC)
    assert [row[1].title for row in tab.table.rows_model.rows] == ["Note by Lena"]
    qtbot.mouseClick(child(tab, Chip, "Still ahead 1"), LEFT)
    assert [row[1].title for row in tab.table.rows_model.rows] == ["Ticket opened"]


def test_an_account_without_anything_offers_ways_on(qtbot: QtBot, book: Around, show: Show) -> None:
    whole = data()
    bare = data(
        header=replace(whole.header, commitment=None),
        usage=prepared(no_usage(), (), UTC),
        tickets=(),
        goals=(),
    )
    reads = Reads(bare, bills=billing_view((), (), (), {}, today=TODAY))
    reads.figures = nothing_known()
    page = show(book, reads)
    said = texts(page, Label)
    for title in (
        "No usage yet",
        "No tickets",
        "No goals agreed yet",
        "No running commitment",
        "No health yet",
    ):
        assert title in said
    qtbot.mouseClick(child(page, Button, "Import usage"), LEFT)
    assert book.navigator.place == Place("import", ())
    for tab, title in (
        ("tickets", "No tickets"),
        ("billing", "No invoices yet"),
        ("adoption", "No adoption known yet"),
    ):
        book.navigator.open_account(MARLOWE, tab)
        assert title in texts(page, Label)


@pytest.mark.parametrize(
    ("changes", "badge"),
    [({"lifecycle": Lifecycle.CHURNED}, "Left"), ({"lifecycle": Lifecycle.TRIAL}, "Trial")],
)
def test_customers_who_left_or_try_are_marked(
    qtbot: QtBot, book: Around, changes: dict[str, Lifecycle], badge: str, show: Show
) -> None:
    whole = data()
    header = replace(whole.header, account=account(**changes))
    assert badge in texts(show(book, Reads(replace(whole, header=header))), Badge)


def test_a_site_leads_to_its_parent(qtbot: QtBot, book: Around, show: Show) -> None:
    whole = data()
    parent = account(id=AccountId(40), name="Marlowe & Sons")
    reads = Reads(replace(whole, header=replace(whole.header, parent=parent)))
    page = show(book, reads)
    qtbot.mouseClick(child(page, Button, "Part of Marlowe && Sons"), LEFT)
    assert book.navigator.place == Place("account", AccountPlace(AccountId(40)))


def test_a_slow_account_shows_its_name_and_grey_blocks(
    qtbot: QtBot, light: Theme, reads: Reads, show: Show
) -> None:
    book = around(snapshot(), hold=True)
    page = show(book, reads, go=False)
    page.open(AccountPlace(AccountId(2)))
    qtbot.waitUntil(lambda: "Kestrel Payments" in texts(page, ElidedLabel), timeout=2000)
    qtbot.waitUntil(lambda: bool(visible(page, Skeleton)), timeout=2000)
    [skeleton] = visible(page, Skeleton)
    chart = card(page).chart
    stack = page.tab_widget("overview").parentWidget()
    assert stack is not None
    middle = chart.mapTo(stack, chart.rect().center())
    assert skeleton.grab().toImage().pixelColor(middle) == color("neutral_soft")
    book.jobs.run_all()
    assert visible(page, Overview)


def test_an_account_that_is_gone_leads_back_to_the_list(qtbot: QtBot, book: Around, show: Show) -> None:
    page = show(book, Reads(NotFoundError("This account is no longer there.")))
    assert "This account is no longer there." in texts(page, Label)
    assert not page.tabs.isVisible()
    assert "Log a check-in" not in texts(page, Button)
    qtbot.mouseClick(child(page, Button, "All accounts"), LEFT)
    assert book.navigator.place == Place("accounts")


def test_a_refresh_that_fails_leaves_the_page_as_it_is(page: AccountPage, book: Around, reads: Reads) -> None:
    reads.answer = NotFoundError("The disk is away.")
    page.model.reload()
    assert visible(page, Overview)
    assert book.said == [("Not refreshed: The disk is away.", "warning")]


def test_a_refresh_keeps_the_days_and_the_meter_that_were_chosen(page: AccountPage, reads: Reads) -> None:
    card(page).meter.set_value("meter 2")
    card(page).period.set_value(365)
    used = usage()
    reads.answer = data(usage=prepared(replace(used, total=np.zeros(used.days)), (), UTC))
    page.model.reload()
    assert card(page).meter.value() == "meter 2"
    assert card(page).period.value() == 365


def test_an_invoice_of_another_currency_is_listed_and_not_drawn(
    qtbot: QtBot, book: Around, show: Show
) -> None:
    odd = replace(invoice(11, 900_00), total=replace(invoice(11, 1).total, currency="USD"))
    mixed = billing_view((invoice(10, 100_00), invoice(9, 100_00), odd), (), (), {}, today=TODAY)
    page = show(book, Reads(bills=mixed))
    page.tabs.set_current("billing")
    assert any("USD listed below only" in words for words in texts(page, ElidedLabel))
