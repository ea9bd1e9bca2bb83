from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.account.health_card import HealthCard
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.badge import Badge
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.insights.health import Factor
from convergedesk.store.account_figures import HealthDay
from tests.desktop.account_figures_book import factor, health, nothing_known
from tests.desktop.around import texts

LEFT = Qt.MouseButton.LeftButton
DAYS = tuple(HealthDay(date(2026, 12, day), 60.0 + day, "1") for day in range(1, 9))


@pytest.fixture
def card(qtbot: QtBot, light: Theme) -> HealthCard:
    card = HealthCard()
    card.resize(460, 250)
    qtbot.addWidget(card)
    card.show()
    return card


def test_the_score_stands_with_its_band_its_trend_and_the_fastest_way_up(card: HealthCard) -> None:
    card.set_health(health(), DAYS)
    assert card.score.text() == "72"
    assert texts(card, Badge) == ["Watch"]
    assert card.trend.text() == "4 since 11 Nov"
    assert any(
        words == "Six factors count equally. Fastest way up: “Manual re-sends a week” on track, +6."
        for words in texts(card, Label)
    )


def test_every_factor_has_its_points_and_its_reason(card: HealthCard) -> None:
    card.set_health(health(), ())
    assert card.rows[0].accessibleName() == "Usage vs expected, 88 of 100: in range"
    assert [row.factor.title for row in card.rows if row.factor is not None][-1] == "Adoption breadth"


def test_score_and_factors_answer_why_by_click_and_by_key(qtbot: QtBot, card: HealthCard) -> None:
    card.set_health(health(), ())
    qtbot.mouseClick(card.score, LEFT)
    qtbot.keyClick(card.rows[1], Qt.Key.Key_Return)
    card.link_clicked.emit()
    titles = [dialog.why.title for dialog in card.findChildren(WhyDialog)]
    assert titles[0] == titles[2]
    assert "Goals on track" in titles[1]


def test_a_factor_that_is_not_known_says_what_would_bring_it(card: HealthCard) -> None:
    lacking = factor(Factor.GOALS, points=None, value=None, missing="Agree goals to know it.")
    known = health()
    card.set_health(replace(known, factors=(known.factors[0], lacking, *known.factors[2:])), ())
    assert card.rows[1].accessibleName() == "Goals on track, not known: Agree goals to know it."
    assert any("The 5 of six factors that are known count equally." in words for words in texts(card, Label))


def test_without_a_score_the_card_says_what_would_bring_one(card: HealthCard) -> None:
    card.set_health(nothing_known().health, ())
    assert "No health yet" in texts(card, Label)
    assert "Usage by day brings it." in texts(card, Label)
    card.set_health(None, ())
    assert "It is being computed." in texts(card, Label)


def test_the_course_over_time_is_told_in_words_too(card: HealthCard) -> None:
    card.set_health(health(), DAYS)
    assert card.history.isVisible()
    assert card.history.toolTip() == "Health over time: 68 on 11 Nov 2026, 72 on 9 Dec 2026."
    card.set_health(health(before=None, before_on=None), ())
    assert not card.history.isVisible()


def test_a_method_that_changed_is_said(card: HealthCard) -> None:
    card.set_health(health(), (*DAYS, HealthDay(date(2026, 11, 20), 50.0, "0")))
    assert card.history.toolTip().endswith("The method changed in between.")


def test_how_old_it_is_stands_there_while_it_is_computed_anew(card: HealthCard) -> None:
    card.set_health(health(), (), note="4 min old, being computed anew.")
    assert any(words.endswith("4 min old, being computed anew.") for words in texts(card, Label))
