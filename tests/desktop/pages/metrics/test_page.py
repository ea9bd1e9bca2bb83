"""Driving the Metrics page."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import Place
from convergedesk.desktop.pages.metrics.exporting import picture_of
from convergedesk.desktop.pages.metrics.filters import HIGH
from convergedesk.desktop.pages.metrics.page import MetricsPage
from convergedesk.desktop.pages.metrics.view_model import BEFORE, QUARTER, YEAR
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.figures.metrics import Metrics
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.insights import refresh_insights
from tests.desktop.pages.desk import Desk, open_desk


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    refresh_insights(desk.workspace)
    yield desk
    desk.workspace.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> MetricsPage:
    page = MetricsPage(desk.context)
    page.resize(1280, 800)
    qtbot.addWidget(page)
    page.open()
    page.show()
    return page


@pytest.fixture
def read(page: MetricsPage) -> list[Metrics]:
    heard: list[Metrics] = []
    page.model.loaded.connect(heard.append)
    return heard


def test_every_figure_is_computed_or_a_dash(page: MetricsPage) -> None:
    shown = page.model.shown
    assert shown is not None
    assert str(shown.support.volume) in page.together.old.accessibleName()
    restored = page.restored.new.accessibleName()
    assert (shown.restored.tickets > 0) is not ("–" in restored)


def test_a_choice_of_period_or_priority_is_read_at_once(page: MetricsPage, read: list[Metrics]) -> None:
    today = page.model.days()[1]
    page.model.choose_period(QUARTER)
    assert page.model.days() == (read[-1].first_day, today)
    page.model.choose_period(BEFORE)
    assert read[-1].last_day < read[-2].first_day
    page.model.choose_period(YEAR)
    everything = read[-1].support.volume
    page.model.choose_priority(HIGH)
    assert read[-1].support.volume < everything


def test_coming_back_reads_only_what_changed(page: MetricsPage, desk: Desk, read: list[Metrics]) -> None:
    page.hide()
    page.show()
    assert not read
    page.hide()
    desk.context.changes.publish(Changes(frozenset(), frozenset({Kind.TICKETS})))
    assert not read
    page.show()
    assert len(read) == 1


def test_a_change_is_shown_while_the_page_is_open(page: MetricsPage, desk: Desk, read: list[Metrics]) -> None:
    desk.context.changes.publish(Changes(frozenset(), frozenset({Kind.INSIGHTS})))
    assert len(read) == 1
    desk.context.changes.publish(Changes(frozenset(), frozenset({Kind.GOALS})))
    assert len(read) == 1


def test_why_opens_by_key_and_says_how_many_qualified(qtbot: QtBot, page: MetricsPage) -> None:
    page.restored.new.setFocus()
    qtbot.keyClick(page.restored.new, Qt.Key.Key_Space)
    dialog = page.window().findChild(WhyDialog)
    assert dialog is not None
    dialog.accept()


def test_a_row_of_the_chart_opens_its_ticket(page: MetricsPage, desk: Desk) -> None:
    shown = page.model.shown
    assert shown is not None
    heard: list[Place] = []
    desk.navigator.arrived.connect(heard.append)
    page.forest.item_opened.emit(7)
    assert heard == [Place("ticket", 7)]


def test_a_feature_and_a_pod_narrow_the_tickets(page: MetricsPage, desk: Desk, read: list[Metrics]) -> None:
    everything = page.model.shown
    assert everything is not None
    assert page.filters.feature.isVisible()
    page.filters.feature.set_value("Webhooks")
    assert read[-1].support.volume < everything.support.volume
    page.filters.feature.set_value("")
    assert read[-1].support.volume == everything.support.volume
    page.filters.pod.set_value(7)
    assert desk.context.portfolio.pod == 7
    assert read[-1].accounts < everything.accounts


@pytest.mark.parametrize(
    "what", ["first-response", "ttvr", "csat", "effects", "volume", "together", "closing"]
)
def test_every_figure_answers_why_and_names_its_id(page: MetricsPage, what: str) -> None:
    page.asks[what].open()
    dialog = page.window().findChild(WhyDialog)
    assert dialog is not None
    assert dialog.why.figure_id.startswith(f"metrics:{what}:")
    assert dialog.why.sources
    dialog.accept()


def test_the_figures_are_exported_as_a_table(page: MetricsPage, desk: Desk, tmp_path: Path) -> None:
    assert page.model.reading is not None
    page.exporting._reading = page.model.reading
    page.exporting.chooser.chosen.emit((tmp_path / "metrics.csv",))
    with (tmp_path / "metrics.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][1] == page.model.reading.metrics.first_day.isoformat()
    figures = {row[4].split(":")[1]: row for row in rows[2:] if len(row) == 5}
    assert figures["volume"][1] == f"{page.model.reading.metrics.support.volume:,}"
    assert desk.notices.shown == ["Metrics saved in “metrics.csv”"]


def test_the_page_is_exported_as_a_picture_at_twice_its_size(page: MetricsPage, tmp_path: Path) -> None:
    assert page.model.reading is not None
    page.exporting._reading = page.model.reading
    page.exporting._picture = picture_of(page.content)
    page.exporting.chooser.chosen.emit((tmp_path / "metrics.png",))
    image = QImage(str(tmp_path / "metrics.png"))
    assert image.width() == 2 * page.content.width()
    assert image.height() == 2 * page.content.height()


def test_what_cannot_be_written_is_said(page: MetricsPage, desk: Desk, tmp_path: Path) -> None:
    page.exporting._reading = page.model.reading
    page.exporting.chooser.chosen.emit((tmp_path / "nowhere" / "metrics.csv",))
    assert "could not be saved" in desk.notices.shown[-1]
