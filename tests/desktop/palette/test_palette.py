"""The palette with keys and clicks, over a window with two pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from convergedesk.desktop.navigator import AccountPlace, Item, Place
from convergedesk.desktop.palette.button import PaletteButton
from convergedesk.desktop.palette.commands import Command
from convergedesk.desktop.palette.entries import Entry, Heading
from convergedesk.desktop.palette.install import PaletteHost, install_palette
from convergedesk.desktop.palette.sheet import Palette
from convergedesk.desktop.shell.page_host import PageSpec
from convergedesk.desktop.shell.window import MainWindow
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.dialog import confirmation
from convergedesk.domain.accounts import PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Action, Note
from convergedesk.domain.feedback import Feedback
from convergedesk.store import engagement, people
from convergedesk.store.tables import pod_accounts, pods
from convergedesk.workspace import feedback
from convergedesk.workspace.feedback import RequestDraft
from tests.desktop.book import PILOT
from tests.desktop.pages.desk import CUSTOMS, KESTREL, MARLOWE, NOW, Desk, open_desk

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Page(QWidget):
    """A page with a field that has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)


class Scene:
    """A window with the palette, and where the person was sent."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.desk = desk
        self.button = PaletteButton()
        specs = [PageSpec("home", "Home", "house", Page), PageSpec("tickets", "Tickets", "ticket", QWidget)]
        self.window = MainWindow(specs, search=self.button)
        qtbot.addWidget(self.window)
        self.host: PaletteHost = install_palette(self.window, desk.context, self.button)
        self.places: list[Place] = []
        desk.navigator.arrived.connect(self.places.append)
        self.window.show_page("home")
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)
        page = self.window.pages.page("home")
        assert isinstance(page, Page)
        self.field = page.field
        self.field.setFocus()

    @property
    def palette(self) -> Palette:
        palette = self.host.palette
        assert palette is not None
        return palette

    def press_ctrl_k(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_K, CTRL)

    def open(self, text: str = "") -> Palette:
        self.press_ctrl_k()
        QTest.keyClicks(self.palette.field, text)
        return self.palette

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.palette.field, key)

    def rows(self) -> list[str]:
        return [
            row.title if isinstance(row, Heading) else f"- {line_of(row)}" for row in self.palette.model.rows
        ]


def line_of(entry: Entry) -> str:
    return "".join(part.text.text for part in entry.parts)


@pytest.fixture
def desk(light: Theme, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def scene(qtbot: QtBot, desk: Desk) -> Scene:
    return Scene(qtbot, desk)


def test_ctrl_k_and_enter_open_the_account_that_was_meant(scene: Scene) -> None:
    scene.open("kest")
    assert scene.rows()[:2] == ["Accounts", "- Kestrel Payments"]
    scene.press(Qt.Key.Key_Return)
    assert scene.places == [Place("account", AccountPlace(KESTREL))]
    assert scene.host.palette is None


def test_a_click_on_the_field_in_the_top_bar_opens_it(scene: Scene) -> None:
    QTest.mouseClick(scene.button, LEFT)
    assert scene.palette.isVisible()


def test_escape_closes_it_and_the_keyboard_is_back_where_it_was(scene: Scene) -> None:
    scene.open("mar")
    assert QApplication.focusWidget() is scene.palette.field
    scene.press(Qt.Key.Key_Escape)
    assert scene.host.palette is None
    assert QApplication.focusWidget() is scene.field
    assert scene.places == []


def test_ctrl_k_again_closes_it(scene: Scene) -> None:
    scene.open("mar")
    QTest.keyClick(scene.palette.field, Qt.Key.Key_K, CTRL)
    assert scene.host.palette is None


def test_the_arrows_pass_over_headings_and_go_round(scene: Scene) -> None:
    palette = scene.open("marl")
    entries = palette.model.entries
    assert len(entries) > 3
    for entry in (*entries[1:], entries[0]):
        scene.press(Qt.Key.Key_Down)
        assert palette.list.current == entry
        assert palette.field.accessibleDescription() == entry.words
    scene.press(Qt.Key.Key_Up)
    assert palette.list.current == entries[-1]


def test_a_number_leads_to_its_ticket(scene: Scene) -> None:
    scene.open("#48001")
    scene.press(Qt.Key.Key_Return)
    assert scene.places == [Place("ticket", CUSTOMS)]


def test_what_was_said_stands_under_its_ticket_and_internal_words_are_marked(scene: Scene) -> None:
    (entry,) = scene.open("value restored").model.entries
    assert entry.key == f"ticket:{CUSTOMS}"
    assert "Value restored" in entry.note.text
    assert entry.internal
    scene.press(Qt.Key.Key_Escape)
    (public,) = scene.open("raising limit").model.entries
    assert not public.internal


def test_a_goal_opens_among_the_goals(scene: Scene) -> None:
    scene.open("re-sends")
    scene.press(Qt.Key.Key_Return)
    ((page, goal_id),) = scene.places
    assert page == "goals"
    assert isinstance(goal_id, int)


def test_commands_are_found_by_their_words_with_their_keys(scene: Scene, light: Theme) -> None:
    entry, *_ = scene.open(">dark").model.entries
    assert (line_of(entry), entry.keys) == ("Switch to dark theme", ("Ctrl", "Shift", "D"))
    scene.press(Qt.Key.Key_Return)
    assert light.dark
    scene.open(">light")
    scene.press(Qt.Key.Key_Return)
    assert not light.dark


def test_every_page_of_the_rail_is_a_command(scene: Scene) -> None:
    asked: list[str] = []
    scene.window.page_requested.connect(asked.append)
    for title, key in (("Home", "home"), ("Tickets", "tickets")):
        scene.open(f">go {title}")
        scene.press(Qt.Key.Key_Return)
        assert asked[-1] == key


def test_others_can_add_commands(scene: Scene) -> None:
    done: list[str] = []
    scene.host.commands.add(lambda: [Command("x", "Weigh anchor", "anchor", lambda: done.append("x"))])
    scene.open("weigh")
    scene.press(Qt.Key.Key_Return)
    assert done == ["x"]


def test_while_nothing_is_typed_it_offers_what_was_looked_at_last_but_not_what_is_on_screen(
    scene: Scene,
) -> None:
    navigator = scene.desk.navigator
    navigator.open_account(KESTREL)
    navigator.open_ticket(CUSTOMS)
    navigator.open_account(MARLOWE)
    scene.open()
    assert scene.rows()[:3] == [
        "Recent",
        "- #48001 Customs gateway deliveries time out · Marlowe Freight",
        "- Kestrel Payments",
    ]
    assert "Do" in scene.rows()


def test_on_an_account_its_own_hits_come_first_until_the_chip_is_removed(scene: Scene) -> None:
    scene.desk.navigator.open_account(KESTREL)
    palette = scene.open("e")
    assert palette.chip.isVisible()
    assert scene.rows()[0] == "On this account"
    palette.chip.removed.emit()
    assert "On this account" not in scene.rows()
    assert not palette.chip.isVisible()


def test_it_says_so_where_nothing_matches(scene: Scene) -> None:
    palette = scene.open("zzz")
    assert palette.message.isVisible()
    assert palette.message.text() == "Nothing matches “zzz”."
    scene.press(Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_click_runs_the_row_under_the_mouse(scene: Scene) -> None:
    palette = scene.open("kest")
    QTest.mouseClick(
        palette.list.viewport(), LEFT, pos=palette.list.visualRect(palette.list.currentIndex()).center()
    )
    assert scene.places == [Place("account", AccountPlace(KESTREL))]


def test_a_click_beside_it_closes_it(scene: Scene) -> None:
    scrim = scene.open().parentWidget()
    assert scrim is not None
    QTest.mouseClick(scrim, LEFT, pos=scrim.rect().bottomLeft())
    assert scene.host.palette is None


def test_it_stays_away_while_a_dialog_has_the_keyboard(scene: Scene) -> None:
    dialog = confirmation(scene.window, "Delete?", "It can be undone.", "Delete")
    dialog.open()
    scene.press_ctrl_k()
    assert scene.host.palette is None
    dialog.reject()


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_stays_within_the_window(scene: Scene, light: Theme, size: tuple[int, int], scale: float) -> None:
    light.set_text_scale(scale)
    scene.window.resize(*size)
    palette = scene.open("e")
    assert scene.window.rect().contains(palette.geometry())
    assert palette.y() == 96
    light.set_text_scale(1.0)


def test_answers_to_what_was_typed_before_are_dropped(qtbot: QtBot, light: Theme, tmp_path: Path) -> None:
    desk = open_desk(tmp_path, hold=True)
    scene = Scene(qtbot, desk)
    palette = scene.open("marl")
    late = desk.jobs.pending[-1]
    QTest.keyClick(palette.field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(palette.field, "kest")
    desk.jobs.pending.rotate(1)
    desk.jobs.run_all()
    assert late not in desk.jobs.pending
    assert scene.rows()[:2] == ["Accounts", "- Kestrel Payments"]
    desk.workspace.close()


def test_enter_waits_for_the_answer_to_what_is_typed(qtbot: QtBot, light: Theme, tmp_path: Path) -> None:
    desk = open_desk(tmp_path, hold=True)
    scene = Scene(qtbot, desk)
    scene.open("kest")
    scene.press(Qt.Key.Key_Return)
    assert scene.places == []
    desk.jobs.run_all()
    assert scene.places == [Place("account", AccountPlace(KESTREL))]
    desk.workspace.close()


def test_a_fault_is_told_in_the_palette(scene: Scene) -> None:
    scene.desk.workspace.close()
    scene.desk.workspace.path.unlink()
    palette = scene.open("kest")
    assert palette.message.text()
    scene.press(Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("typed", "tab", "kind"),
    [
        ("zebra note", "notes", "note"),
        ("zebra step", "actions", "action"),
        ("zebra person", "people", "person"),
    ],
)
def test_a_hit_leads_to_its_tab_and_the_very_thing(scene: Scene, typed: str, tab: str, kind: str) -> None:
    store = scene.desk.workspace.store
    note = Note(MARLOWE, NOW, "Amira", "Zebra note", Audience.INTERNAL)
    ids = {
        "note": engagement.add_note(store, note, now=NOW),
        "action": engagement.add_action(store, Action(MARLOWE, "Zebra step", "Amira", None), now=NOW),
        "person": people.add_person(store, "Zebra Person", PersonRole.USER, now=NOW, account_id=MARLOWE),
    }
    scene.open(typed)
    scene.press(Qt.Key.Key_Return)
    assert scene.places[-1] == Place("account", AccountPlace(MARLOWE, tab))
    assert scene.desk.navigator.take_item() == Item(kind, ids[kind])
    assert scene.desk.navigator.take_item() is None


def test_a_colleague_is_found_among_the_pods(scene: Scene) -> None:
    store = scene.desk.workspace.store
    mei = people.add_person(store, "Zebra Colleague", PersonRole.SUPPORT_AGENT, now=NOW)
    scene.open("@zebra")
    scene.press(Qt.Key.Key_Return)
    assert scene.places[-1] == Place("pods")
    assert scene.desk.navigator.take_item() == Item("person", mei)


def test_feedback_is_found_by_its_request_and_leads_there(scene: Scene) -> None:
    said = Feedback(KESTREL, NOW, "Each acquirer has its own clock", "Dana Whitlock")
    feedback.add_feedback(scene.desk.workspace, said, request=RequestDraft("Retry policy per destination"))
    (item,) = feedback.account_feedback(scene.desk.workspace, KESTREL)
    for typed in ("retry policy", "acquirer clock"):
        scene.open(typed)
        assert scene.rows()[:2] == [
            "Feedback",
            "- Each acquirer has its own clock · Retry policy per destination · Kestrel Payments",
        ]
        scene.press(Qt.Key.Key_Return)
        assert scene.places[-1] == Place("feedback", item.id)


def test_a_message_is_what_its_hit_leads_to(scene: Scene) -> None:
    palette = scene.open("value restored")
    entry = next(one for one in palette.model.entries if one.note.text)
    palette.run(entry)
    item = scene.desk.navigator.take_item()
    assert item is not None
    assert item.kind == "message"


def test_the_chosen_pod_narrows_the_search_until_the_chip_is_removed(scene: Scene) -> None:
    stamps = {"created_at": NOW, "updated_at": NOW}
    with scene.desk.workspace.store.write() as connection:
        connection.execute(insert(pods).values(id=PILOT, name="Pilot pod too", **stamps))
        connection.execute(insert(pod_accounts).values(pod_id=PILOT, account_id=MARLOWE))
    scene.desk.context.portfolio.choose_pod(PILOT)
    palette = scene.open("Marlowe")
    assert palette.chip.isVisible()
    assert palette.chip.text() == "In Pilot pod"
    assert "- Marlowe Freight" in " ".join(scene.rows())
    palette.field.setText("Kestrel")
    assert scene.rows()[0] == "Nothing in Pilot pod. Elsewhere:"
    assert any("Kestrel Payments" in row for row in scene.rows())
    palette.field.setText("")
    scene.press(Qt.Key.Key_Backspace)
    assert not palette.chip.isVisible()
    palette.field.setText("Kestrel")
    assert scene.rows()[0] == "Accounts"
