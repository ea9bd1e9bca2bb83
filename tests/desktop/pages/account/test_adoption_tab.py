from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.account.adoption_tab import AdoptionTab
from convergedesk.desktop.pages.account.adoption_view import (
    AdoptionView,
    FeatureRow,
    FeatureState,
    adoption_view,
)
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.figures.why import Why
from tests.desktop.account_figures_book import (
    adoption,
    figures,
    meter_adoption,
    money_range,
    nothing_known,
)
from tests.desktop.around import child, texts

LEFT = Qt.MouseButton.LeftButton
LOW = FeatureRow(
    meter_adoption(1), FeatureState.UNDER_USED, 0.31, money_range(120_000), Why("Under-use", "d", "f")
)


@pytest.fixture
def tab(qtbot: QtBot, light: Theme) -> AdoptionTab:
    tab = AdoptionTab()
    tab.resize(1240, 640)
    qtbot.addWidget(tab)
    tab.show()
    tab.set_adoption(adoption_view(figures(), None))
    return tab


def view(*rows: FeatureRow) -> AdoptionView:
    known = adoption_view(figures(), None)
    return replace(known, rows=rows, compared="Compared with 9 accounts", complete=True)


def test_what_is_paid_for_and_not_used_stands_first(tab: AdoptionTab) -> None:
    rows = tab.table.rows_model.rows
    assert [row.state.value for row in rows] == ["not used lately", "never used", "in use"]
    assert tab.unused.accessibleName().startswith("Entitled but unused: 2")
    assert tab.breadth.accessibleName().startswith("Features in use: 1 of 3")


def test_every_month_says_its_units_and_its_share_of_the_feature_s_peak(tab: AdoptionTab) -> None:
    columns = {column.title: column for column in tab.table.rows_model.columns}
    used = tab.table.rows_model.rows[-1]
    assert columns["Jan"].text(used) == "Jan 2026: 100 event, 9\u202f% of its peak"
    assert columns["Dec"].text(used) == "Dec 2026: not reported"
    assert columns["Nov"].value is not None
    assert columns["Nov"].value(used) == 1.0
    assert "Dec 2026 is not over." in next(words for words in texts(tab, Label) if "darker" in words)


def test_until_the_tier_is_read_the_table_says_so(tab: AdoptionTab) -> None:
    assert "comparing with accounts of its tier" in texts(tab, ElidedLabel)
    tab.set_adoption(view(LOW))
    assert "Compared with 9 accounts" in texts(tab, ElidedLabel)


def test_filters_narrow_to_what_is_unused(qtbot: QtBot, tab: AdoptionTab) -> None:
    qtbot.mouseClick(child(tab, Chip, "Entitled but unused 2"), LEFT)
    assert [row.meter.name for row in tab.table.rows_model.rows] == ["Feature 2", "Feature 3"]
    qtbot.mouseClick(child(tab, Chip, "Below the tier 0"), LEFT)
    assert "No feature here" in texts(tab, Label)


def test_gaps_to_the_tier_are_added_up_and_asked(qtbot: QtBot, tab: AdoptionTab) -> None:
    tab.set_adoption(view(LOW, replace(LOW, meter=meter_adoption(2))))
    assert tab.gap.accessibleName().startswith("Gap to the tier: €2,400")
    qtbot.mouseClick(tab.gap, LEFT)
    tab.table.select_id(1)
    qtbot.keyClick(tab.table, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    whys = [dialog.why for dialog in tab.findChildren(WhyDialog)]
    assert [one.title for one in whys] == ["Gap to the tier", "Under-use"]
    assert whys[0].rows[0][1].startswith("under-used, 31\u202f% of the tier's median, €1,200 a month")


@pytest.mark.parametrize("tile", ["breadth", "stickiness", "unused", "low"])
def test_every_tile_answers_why(qtbot: QtBot, tab: AdoptionTab, tile: str) -> None:
    qtbot.mouseClick(getattr(tab, tile), LEFT)
    assert len(tab.findChildren(WhyDialog)) == 1


def test_without_contracts_nothing_is_called_unused(tab: AdoptionTab) -> None:
    meters = tuple(replace(one, entitled=None) for one in adoption().meters)
    known = adoption_view(figures(adoption=adoption(by_contract=False, meters=meters)), None)
    tab.set_adoption(known)
    assert "no contract says what was sold" in tab.unused.accessibleName()


def test_an_account_of_which_nothing_is_known_says_what_would_bring_it(
    qtbot: QtBot, tab: AdoptionTab
) -> None:
    tab.set_adoption(adoption_view(nothing_known(), None))
    assert "No adoption known yet" in texts(tab, Label)
    assert "No usage by day is known. Import usage by day and meter." in texts(tab, Label)
    with qtbot.waitSignal(tab.import_opened):
        qtbot.mouseClick(child(tab, Button, "Import usage"), LEFT)
