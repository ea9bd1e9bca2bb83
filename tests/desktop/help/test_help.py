"""F1 and the question mark, on a real desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtTest import QTest

from convergedesk.desktop.desk import Desk
from convergedesk.desktop.help.guide_dialog import GuideDialog
from convergedesk.desktop.help.panel import QUESTION, HelpPanel
from convergedesk.desktop.help.topics import TOPICS
from convergedesk.desktop.navigator import Place
from convergedesk.desktop.page_list import LOADING
from convergedesk.desktop.picture_stage import Stage
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.label import Label
from tests.desktop.pages.desk import CUSTOMS, MARLOWE
from tests.desktop.workspace_files import KEY, Secrets, filled_file


@pytest.fixture
def stage(tmp_path: Path, light: Theme) -> Iterator[Stage]:
    opened = Stage(filled_file(tmp_path / "a.converge", Secrets()), KEY, tmp_path, (1440, 900), 1.0)
    yield opened
    opened.close()


@pytest.fixture
def shown(stage: Stage) -> Iterator[Desk]:
    desk = stage.desk(stage.snapshot)
    yield desk
    stage.put_away(desk.window)


def press(desk: Desk, key: Qt.Key) -> None:
    QTest.keyClick(desk.window, key)
    QCoreApplication.processEvents()


def question_marks(desk: Desk) -> list[IconButton]:
    found = desk.window.pages.findChildren(IconButton)
    return [one for one in found if one.isVisible() and one.accessibleName().startswith(QUESTION)]


def go(desk: Desk, page: str) -> None:
    if page == "account":
        desk.navigator.open_account(MARLOWE)
    elif page == "ticket":
        desk.navigator.open_ticket(CUSTOMS)
    else:
        desk.navigator.go(Place(page, () if page == "import" else None))
    QCoreApplication.processEvents()


def test_every_page_asks_and_answers_by_mouse_and_by_key(shown: Desk) -> None:
    for spec in shown.window.pages.specs:
        if spec.key == LOADING:
            continue
        go(shown, spec.key)
        marks = question_marks(shown)
        assert len(marks) == 1, spec.key
        marks[0].click()
        assert shown.help.panel is not None, spec.key
        assert shown.help.panel.topic is shown.help.topic()
        press(shown, Qt.Key.Key_F1)
        assert shown.help.panel is None, spec.key
        press(shown, Qt.Key.Key_F1)
        assert shown.help.panel is not None, spec.key
        press(shown, Qt.Key.Key_F1)


def test_a_tab_is_explained_rather_than_its_page(shown: Desk) -> None:
    shown.navigator.open_account(MARLOWE, "billing")
    assert shown.help.topic() is TOPICS["account/billing"]


def test_the_panel_says_the_topic_whole(shown: Desk) -> None:
    shown.help.explain()
    panel = shown.help.panel
    assert isinstance(panel, HelpPanel)
    said = [label.text() for label in panel.findChildren(Label)]
    assert {*TOPICS["home"].explains, *TOPICS["home"].terms} <= set(said)


def test_escape_closes_the_panel_and_gives_the_keyboard_back(shown: Desk) -> None:
    mark = question_marks(shown)[0]
    mark.setFocus()
    mark.click()
    QTest.keyClick(shown.window.focusWidget(), Qt.Key.Key_Escape)
    assert shown.help.panel is None
    assert mark.hasFocus() or shown.window.focusWidget() is mark


def test_the_panel_leads_to_the_guide_and_the_guide_from_page_to_page(shown: Desk) -> None:
    shown.navigator.open_goals()
    shown.help.explain()
    assert shown.help.panel is not None
    next(b for b in shown.help.panel.findChildren(Button) if "guide" in b.text()).click()
    assert shown.help.panel is None
    guide = shown.window.findChildren(GuideDialog)[0]
    assert guide.page == "goals"
    assert guide.accessibleName() == "Goals"
    assert "straight line" in guide.text.toPlainText()
    guide.text.anchorClicked.emit(QUrl("undo.md"))
    assert guide.page == "undo"
    assert guide.back.isVisible()
    guide.back.click()
    assert guide.page == "goals"


def test_nothing_is_explained_over_a_dialog(shown: Desk) -> None:
    dialog = Dialog(shown.window, "Something else")
    dialog.open()
    press(shown, Qt.Key.Key_F1)
    assert shown.help.panel is None


def test_the_palette_knows_the_panel_the_guide_and_the_tour(shown: Desk) -> None:
    assert {"explain", "guide", "tour"} <= {command.key for command in shown.palette.commands.all()}
