"""Widgets answer to clicks and keys, have names, and are large enough to hit."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.badge import Badge, audience_badge
from convergedesk.desktop.widgets.bars import GoalBar, GoalValue, ProgressBar, time_left
from convergedesk.desktop.widgets.breadcrumb import Breadcrumb
from convergedesk.desktop.widgets.button import Button, IconButton, MenuButton
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.choice import Checkbox, RadioCard, RadioCards
from convergedesk.desktop.widgets.fields import FormRow, SearchField, Select, TextField
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.label import ElidedLabel, Label, Run, RunsLabel
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.paint import initials
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.tabs import Tabs

TARGET = 24
W = TypeVar("W", bound=QWidget)


def shown(widget: W, qtbot: QtBot) -> W:
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.mark.parametrize(
    "build",
    [
        lambda: Button("Save"),
        lambda: Button("Save", "primary", icon="check", small=True),
        lambda: Button("All 14", "link", small=True),
        lambda: IconButton("x", "Close"),
        lambda: IconButton("x", "Close", bordered=True),
        lambda: MenuButton("Events", small=True),
        lambda: Chip("Open", count=3),
        lambda: Checkbox("Remember"),
        lambda: RadioCard("3 April", ("1,204 rows",)),
        lambda: SearchField("Find"),
        lambda: Select([("a", "A")], small=True),
        lambda: SegmentedControl([(1, "30 d"), (2, "90 d")]),
    ],
)
def test_everything_that_is_clicked_is_large_enough(
    light: Theme, qtbot: QtBot, build: Callable[[], QWidget]
) -> None:
    widget = shown(build(), qtbot)
    assert widget.height() >= TARGET
    assert widget.width() >= TARGET


def test_an_icon_button_says_what_it_does(light: Theme, qtbot: QtBot) -> None:
    button = shown(IconButton("x", "Close"), qtbot)
    assert button.accessibleName() == button.toolTip() == "Close"


def test_markup_in_a_label_is_shown_and_not_obeyed(light: Theme, qtbot: QtBot) -> None:
    label = shown(Label("<b>Acme</b> & Sons"), qtbot)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_shortened_label_keeps_the_whole_text_in_its_tooltip(light: Theme, qtbot: QtBot) -> None:
    label = shown(ElidedLabel("Cobalt & Pine Insurance"), qtbot)
    label.resize(60, 20)
    assert label.toolTip() == "Cobalt & Pine Insurance"
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_runs_read_as_one_sentence(light: Theme, qtbot: QtBot) -> None:
    label = shown(RunsLabel([Run("Commitment"), Run("€1.26 M a year", gap=4)]), qtbot)
    assert label.text() == "Commitment €1.26 M a year"
    assert label.sizeHint().width() > 100


def test_a_chip_is_checked_by_click_and_space(light: Theme, qtbot: QtBot) -> None:
    chip = shown(Chip("Below expected", count=1234), qtbot)
    assert chip.accessibleName() == "Below expected 1,234"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert not chip.isChecked()


def test_a_removable_chip_goes_by_its_cross_or_delete(light: Theme, qtbot: QtBot) -> None:
    chip = shown(Chip("Region: Europe", removable=True, checkable=False), qtbot)
    with qtbot.waitSignal(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, 12))
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_segments_are_chosen_by_click_and_arrow(light: Theme, qtbot: QtBot) -> None:
    control = shown(SegmentedControl([(30, "30 d"), (90, "90 d"), (365, "365 d")]), qtbot)
    middle = control.findChildren(QWidget)[1]
    with qtbot.waitSignal(control.value_changed) as chosen:
        qtbot.mouseClick(middle, Qt.MouseButton.LeftButton)
    assert chosen.args == [90]
    control.activateWindow()
    qtbot.waitUntil(control.isActiveWindow)
    middle.setFocus()
    qtbot.keyClick(middle, Qt.Key.Key_Right)
    assert control.value() == 365


def test_a_segmented_control_can_show_that_none_fits(light: Theme, qtbot: QtBot) -> None:
    control = shown(SegmentedControl([(30, "30 d"), (90, "90 d")]), qtbot)
    with qtbot.assertNotEmitted(control.value_changed):
        control.clear_value()
    with qtbot.waitSignal(control.value_changed):
        control.set_value(30)


def test_tabs_change_by_key_and_keep_their_counts(light: Theme, qtbot: QtBot) -> None:
    tabs = shown(Tabs([("overview", "Overview", None), ("tickets", "Tickets", "1 open")]), qtbot)
    narrow = tabs.tabSizeHint(0).width()
    tabs.setFocus()
    with qtbot.waitSignal(tabs.current_key_changed) as opened:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert opened.args == ["tickets"]
    tabs.set_count("overview", "3")
    assert tabs.tabSizeHint(0).width() > narrow
    tabs.set_current("overview")
    assert tabs.current() == "overview"


def test_a_search_waits_for_the_end_of_typing_and_enter_does_not(light: Theme, qtbot: QtBot) -> None:
    field = shown(SearchField("Find", "Ctrl K"), qtbot)
    said = []
    field.search_changed.connect(said.append)
    qtbot.keyClicks(field, "marlowe")
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["marlowe"]
    qtbot.keyClicks(field, " f")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said == ["marlowe", "marlowe f"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert said[-1] == ""
    assert field.text() == ""


def test_a_choice_keeps_its_key_when_its_options_change(light: Theme, qtbot: QtBot) -> None:
    select = shown(Select([("a", "A"), ("b", "B")]), qtbot)
    with qtbot.waitSignal(select.value_changed) as chosen:
        select.set_value("b")
    assert chosen.args == ["b"]
    with qtbot.assertNotEmitted(select.value_changed):
        select.set_options([("c", "C"), ("b", "B")])
    assert select.value() == "b"
    select.set_value(None)
    assert select.value() is None


def test_a_form_row_names_its_field_and_says_what_is_wrong(light: Theme, qtbot: QtBot) -> None:
    row = shown(FormRow("&Target", TextField(), "in percent"), qtbot)
    assert row.field.accessibleName() == "Target"
    row.set_fault("Enter a number.")
    texts = [label.text() for label in row.findChildren(Label)]
    assert "Enter a number." in texts
    assert row.field.property("fault") is True
    row.set_fault("")
    assert "in percent" in [label.text() for label in row.findChildren(Label)]


def test_radio_cards_start_without_a_choice(light: Theme, qtbot: QtBot) -> None:
    cards = shown(RadioCards([("d", "3 April", ("37 rejected",)), ("m", "4 March", ())]), qtbot)
    assert cards.value() is None
    first = cards.findChildren(RadioCard)[0]
    with qtbot.waitSignal(cards.value_changed) as chosen:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert chosen.args == ["d"]
    assert first.accessibleDescription() == "37 rejected"


def test_a_checkbox_is_hit_on_its_words_too(light: Theme, qtbot: QtBot) -> None:
    box = shown(Checkbox("Remember this"), qtbot)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 5, 12))
    assert box.isChecked()


def test_a_card_shows_of_its_header_only_what_it_has(light: Theme, qtbot: QtBot) -> None:
    card = shown(Card("Goals", link="All 3"), qtbot)
    link = card.findChild(QPushButton)
    assert link is not None
    with qtbot.waitSignal(card.link_clicked):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    card.set_link("")
    assert not link.isVisible()


def test_a_figure_is_read_out_whole(light: Theme, qtbot: QtBot) -> None:
    tile = shown(KpiTile("Time to value restored"), qtbot)
    tile.set_figure("5", "days", note="31 of 152 tickets")
    assert tile.accessibleName() == "Time to value restored: 5 days.  31 of 152 tickets"


def test_badges_are_as_wide_as_their_words(light: Theme, qtbot: QtBot) -> None:
    badge = shown(Badge("Watch", "warning", "warning"), qtbot)
    before = badge.sizeHint().width()
    badge.set_badge("Not enough data yet")
    assert badge.sizeHint().width() > before
    assert audience_badge(shared=True).text() == "Shared"
    assert audience_badge(shared=False).text() == "Internal"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "under a minute left"), (125, "2 min left"), (5400, "1.5 h left")],
)
def test_time_left_is_said_in_words(seconds: float, words: str) -> None:
    assert time_left(seconds) == words


def test_progress_without_a_total_counts_only(light: Theme, qtbot: QtBot) -> None:
    bar = shown(ProgressBar(), qtbot)
    bar.set_progress("Reading", 1200, None)
    assert bar.accessibleName() == "Reading 1,200 so far"
    bar.set_progress("Usage", 41, 58, seconds_left=120)
    assert bar.accessibleName() == "Usage 71\u202f%, 2 min left"


def test_a_goal_says_its_way(light: Theme, qtbot: QtBot) -> None:
    goal = shown(GoalBar(GoalValue(0.8, 0.7, "start 14", "22", "target 24")), qtbot)
    assert goal.accessibleName() == "start 14, now 22, target 24"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Lena Fischer", "LF"), ("Amira El Haddad", "AH"), ("madonna", "M"), ("", "?"), ("- -", "?")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_way_back_is_clicked_step_by_step(light: Theme, qtbot: QtBot) -> None:
    crumbs = shown(Breadcrumb(), qtbot)
    crumbs.set_steps([(7, "Marlowe Freight"), ("tickets", "Tickets"), (None, "#48213")])
    steps = crumbs.findChildren(QPushButton)
    assert [step.text() for step in steps] == ["Marlowe Freight", "Tickets"]
    with qtbot.waitSignal(crumbs.step_clicked) as went:
        qtbot.mouseClick(steps[0], Qt.MouseButton.LeftButton)
    assert went.args == [7]


def test_key_values_can_be_replaced(light: Theme, qtbot: QtBot) -> None:
    rows = shown(KeyValueRows([KeyValue("New", "1,630")]), qtbot)
    rows.set_rows([KeyValue("Changed", "2,547", sub="since yesterday", strong=True, rule=True)])

    def visible() -> list[str]:
        return sorted(label.text() for label in rows.findChildren(Label) if label.isVisible())

    qtbot.waitUntil(lambda: visible() == ["2,547", "Changed", "since yesterday"])


def test_a_header_states_its_finding(light: Theme, qtbot: QtBot) -> None:
    header = shown(PageHeader(), qtbot)
    header.set_title("3 of 10 accounts need a check-in", "Thursday")
    assert header.accessibleName() == "3 of 10 accounts need a check-in"


def test_a_flow_goes_on_in_the_next_row(light: Theme, qtbot: QtBot) -> None:
    host = QWidget()
    flow = FlowLayout(host, spacing=8)
    fields = [QWidget() for _ in range(3)]
    for field in fields:
        field.setFixedSize(100, 30)
        flow.addWidget(field)
    shown(host, qtbot)
    host.resize(220, 200)
    assert flow.heightForWidth(220) == 68
    assert flow.heightForWidth(1000) == 30
    assert fields[2].y() > fields[0].y()


def test_new_options_do_not_unblock_a_select_that_its_page_is_filling(qtbot: QtBot, light: Theme) -> None:
    select = Select([(1, "One")])
    qtbot.addWidget(select)
    told: list[object] = []
    select.value_changed.connect(told.append)
    select.blockSignals(True)
    select.set_options([(1, "One"), (2, "Two")])
    select.set_value(2)
    assert told == []
