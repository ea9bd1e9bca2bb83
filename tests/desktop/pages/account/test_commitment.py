from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.account.commitment_card import CommitmentCard
from convergedesk.desktop.pages.account.commitment_path import (
    chart_path,
    course_words,
    term_words,
    to_last_words,
)
from convergedesk.desktop.pages.account.what_if_card import LEAST, MOST, WhatIfCard
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.domain.billing import ContractId
from tests.desktop.account_book import data
from tests.desktop.account_figures_book import Course, commitment, money_range
from tests.desktop.around import texts

LEFT = Qt.MouseButton.LeftButton


def test_a_course_says_when_it_ends_how_early_and_how_sure() -> None:
    course = Course()
    words = course_words(course.figure, course.path())
    assert words.headline.startswith("Runs out about ")
    assert words.status.endswith(" days early")
    assert words.likely.startswith("likely ")
    assert words.tone == "warning"


def test_what_lasts_says_what_stays_unspent() -> None:
    course = Course()
    words = course_words(course.figure, course.path(-0.5))
    assert words.headline == "Lasts to 31 Mar 2027"
    assert words.status.endswith(" unspent")
    assert words.likely.startswith("likely €")


def test_a_forecast_that_cannot_be_made_is_no_promise() -> None:
    course = Course()
    unknown = replace(course.path(), exhausted=None, shortfall=None, overage=None)
    assert course_words(course.figure, unknown).headline == "Too early for a forecast"


def test_what_is_used_up_already_is_said_in_the_past() -> None:
    course = Course()
    gone = replace(course.path(), exhausted=date(2026, 11, 3))
    words = course_words(course.figure, gone)
    assert (words.headline, words.tone) == ("Used up on 3 Nov", "critical")


def test_a_forecast_that_may_last_has_no_latest_day() -> None:
    course = Course()
    open_end = replace(course.path(), exhausted_latest=None)
    assert course_words(course.figure, open_end).likely.endswith(" or later")


def test_what_would_have_to_change_is_said_in_both_directions() -> None:
    assert to_last_words(commitment()) == (
        "To reach 31 Mar, usage would have to fall by 27\u202f%. Otherwise about €115k is billed on top."
    )
    short = commitment(exhausted=None, change_to_last=0.2, shortfall=money_range(4_000_000))
    assert "would have to rise by 20\u202f%" in to_last_words(short)
    assert to_last_words(commitment(change_to_last=None)) == ""


def test_the_chart_lays_the_forecast_as_things_are_beneath_a_what_if() -> None:
    course = Course()
    base, changed = course.path(), course.path(0.2)
    path = chart_path(course.figure, changed, base)
    assert path.before is not None
    np.testing.assert_array_equal(path.before, base.forecast)
    assert path.left_text == "€302k left"
    assert chart_path(course.figure, base).before is None


def test_terms_of_a_year_name_months_alone() -> None:
    assert term_words(date(2026, 4, 1), date(2027, 3, 31)) == "Apr to Mar"
    assert term_words(date(2026, 4, 1), date(2028, 3, 31)) == "Apr 2026 to Mar 2028"


@pytest.fixture
def card(qtbot: QtBot, light: Theme) -> CommitmentCard:
    card = CommitmentCard()
    card.resize(320, 380)
    qtbot.addWidget(card)
    card.show()
    card.set_running(data().header.commitment)
    return card


def test_before_the_course_is_read_the_card_names_the_promise_alone(card: CommitmentCard) -> None:
    assert "€1.20\u202fM, Apr to Mar" in texts(card, ElidedLabel)
    assert card.headline.text() == ""


def test_the_card_shows_the_outcome_before_its_chart_and_answers_why(
    qtbot: QtBot, card: CommitmentCard
) -> None:
    card.set_figures((commitment(),))
    assert card.headline.text() == "Runs out about 28 Feb 2027"
    assert card.status.text() == "31 days early · likely 21 Feb to 7 Mar"
    assert not card.chart.items()
    card.set_courses((Course(),))
    assert len(card.chart.items()) == 365
    assert any("€925k billed and €33.1k accrued, not yet invoiced." in words for words in texts(card, Label))
    qtbot.mouseClick(card.headline, LEFT)
    qtbot.keyClick(card.chart, Qt.Key.Key_W)
    assert len(card.findChildren(WhyDialog)) == 2


def test_an_account_without_a_promise_says_so(card: CommitmentCard) -> None:
    card.set_running(None)
    card.set_figures(())
    assert "No running commitment" in texts(card, Label)


def test_a_promise_whose_course_is_not_known_says_what_would_bring_it(card: CommitmentCard) -> None:
    card.set_figures((), "Import usage by day.")
    assert card.status.text() == "No forecast yet"
    assert "Import usage by day." in texts(card, Label)


def test_several_commitments_are_chosen_from(card: CommitmentCard) -> None:
    other = Course(commitment(contract="Add-on", contract_id=ContractId(2)))
    card.set_figures((commitment(), other.figure))
    card.set_courses((Course(), other))
    assert card.choice.isVisible()
    card.choice.set_value(1)
    assert other.asked


@pytest.fixture
def what_if(qtbot: QtBot, light: Theme) -> WhatIfCard:
    card = WhatIfCard()
    card.resize(384, 420)
    qtbot.addWidget(card)
    card.show()
    return card


def test_the_slider_moves_by_keys_and_shows_both_courses(qtbot: QtBot, what_if: WhatIfCard) -> None:
    course = Course()
    what_if.set_course((course,))
    qtbot.keyClick(what_if.slider, Qt.Key.Key_PageDown)
    qtbot.keyClick(what_if.slider, Qt.Key.Key_Left)
    assert what_if.slider.value() == -11
    assert what_if.change.text() == "\u221211\u202f%"
    assert course.asked[-1] == -0.11
    assert what_if.now.accessibleName().startswith("As things are: Runs out about ")
    assert what_if.then.accessibleName().startswith("With \u221211\u202f%: Runs out about ")
    assert what_if.now.accessibleName() != what_if.then.accessibleName()
    qtbot.keyClick(what_if.slider, Qt.Key.Key_0)
    assert what_if.slider.value() == 0
    assert "Move the slider" in texts(what_if, ElidedLabel)


def test_the_slider_reaches_its_ends_and_follows_the_mouse(qtbot: QtBot, what_if: WhatIfCard) -> None:
    what_if.set_course((Course(),))
    qtbot.keyClick(what_if.slider, Qt.Key.Key_Home)
    assert what_if.slider.value() == LEAST
    qtbot.keyClick(what_if.slider, Qt.Key.Key_End)
    assert what_if.slider.value() == MOST
    middle = what_if.slider.rect().center()
    qtbot.mouseClick(what_if.slider, LEFT, pos=middle)
    assert what_if.slider.value() == 25


def test_what_if_stays_where_it_is_when_the_same_account_is_read_again(what_if: WhatIfCard) -> None:
    what_if.set_course((Course(),))
    what_if.slider.setValue(30)
    what_if.set_course((Course(),))
    assert what_if.slider.value() == 30
    what_if.set_course((Course(commitment(contract_id=ContractId(9))),))
    assert what_if.slider.value() == 0


def test_without_a_commitment_there_is_nothing_to_move(what_if: WhatIfCard) -> None:
    what_if.set_course(())
    assert not what_if.slider.isVisible()
    assert "No running commitment" in texts(what_if, Label)
    what_if.set_course((), "It is being computed.")
    assert "No forecast yet" in texts(what_if, Label)
