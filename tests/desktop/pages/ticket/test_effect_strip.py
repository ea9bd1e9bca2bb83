"""What a ticket did to usage, as its page says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.ticket.effect_strip import EffectStrip
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.episodes import EffectPart, Episode, EpisodeId, KeptEffect, KeptRestoration
from convergedesk.domain.tickets import Priority, Ticket, TicketId, TicketStatus
from convergedesk.workspace.insights import TicketInsights

LAST = date(2026, 12, 9)
NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)


def effect(part: EffectPart, horizon: int, **changed: Any) -> KeptEffect:
    known = KeptEffect(
        part=part,
        meter_id=None,
        first_day=date(2026, 10, 21),
        horizon=horizon,
        lead=0,
        estimate=-0.31,
        low=-0.38,
        high=-0.22,
        verdict="down",
        smallest_detectable=-0.07,
        observed=690.0,
        expected=1000.0,
        year_earlier=None,
        abstained=None,
        baseline=56,
        placebos=312,
        effective=52.0,
        deviation=0.04,
        peer_weight=0.0,
        unusual=False,
    )
    return replace(known, **changed)


def insights(*effects: KeptEffect, restoration: KeptRestoration | None = None) -> TicketInsights:
    episode = Episode(
        EpisodeId(1),
        AccountId(1),
        (TicketId(1),),
        date(2026, 10, 21),
        date(2026, 10, 23),
        True,
        restoration,
        None,
        effects,
    )
    return TicketInsights(episode, LAST, (), NOW)


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication) -> Iterator[EffectStrip]:
    Theme.install(qapp, Mode.LIGHT)
    window = QWidget()
    window.resize(900, 600)
    strip = EffectStrip()
    QVBoxLayout(window).addWidget(strip)
    qtbot.addWidget(window)
    window.show()
    # The window has to live as long as the test.
    yield strip  # noqa: PT022


TICKET = Ticket(
    TicketId(1),
    "1",
    AccountId(1),
    "Late",
    Priority.HIGH,
    TicketStatus.CLOSED,
    datetime(2026, 10, 21, tzinfo=UTC),
)


def show(strip: EffectStrip, found: TicketInsights) -> None:
    strip.show_insights(TICKET, found)


def said(strip: EffectStrip) -> list[str]:
    tiles = (strip.during, strip.restored, strip.after, strip.smallest)
    return [tile.accessibleName().replace("\u202f", " ") for tile in tiles]


def test_a_dip_that_was_restored_is_told_in_figures(strip: EffectStrip) -> None:
    back = KeptRestoration(6.0, True, date(2026, 10, 21), date(2026, 10, 27), 6.0, 4.0)
    after = effect(EffectPart.AFTER, 7, estimate=0.01, low=-0.03, high=0.05, verdict="inconclusive")
    show(strip, insights(effect(EffectPart.DURING, 6), after, restoration=back))
    during, restored, closing, smallest = said(strip)
    assert "−31 %" in during
    assert "−38 to −22 %" in during
    assert "6 days" in restored
    assert "4 days after the fix" in restored
    assert "inconclusive" in closing
    assert "7 %" in smallest


def test_without_an_episode_it_says_why_nothing_is_measured(strip: EffectStrip) -> None:
    show(strip, TicketInsights(None, LAST, (), NOW))
    assert all("neither high priority nor a dip" in text for text in said(strip)[:3])
    assert not strip.asks["during"].enabled


def test_before_anything_was_computed_it_says_so(strip: EffectStrip) -> None:
    show(strip, TicketInsights(None, None, (), None))
    assert "being computed" in said(strip)[0]


def test_an_abstention_is_said_and_never_a_number(strip: EffectStrip) -> None:
    unknown = effect(
        EffectPart.AFTER,
        7,
        estimate=None,
        low=None,
        high=None,
        verdict="inconclusive",
        smallest_detectable=None,
        abstained="too little history before the event",
    )
    show(strip, insights(unknown))
    assert "too little history" in said(strip)[2]
    assert "%" not in said(strip)[2]


def test_enter_on_a_figure_opens_what_stands_behind_it(qtbot: QtBot, strip: EffectStrip) -> None:
    show(strip, insights(effect(EffectPart.AFTER, 7)))
    strip.after.setFocus()
    qtbot.keyClick(strip.after, Qt.Key.Key_Return)
    dialog = strip.window().findChild(WhyDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text().replace("\u202f", " ")
    assert "690 observed ÷ 1,000 expected − 1 = −31 %" in text
    assert "21 Oct" in text
    assert "312" in text
    dialog.accept()
