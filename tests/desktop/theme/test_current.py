"""Switching the theme, and what follows by itself."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QIcon
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import DARK, LIGHT, Mode, Role, Theme, color, font, icon, pixmap, theme
from convergedesk.desktop.theme.focus_ring import give_focus_ring
from convergedesk.desktop.widgets.label import Label

DESIGN_ICONS = [
    "house",
    "buildings",
    "ticket",
    "presentation-chart",
    "chart-line-up",
    "lightbulb",
    "users-three",
    "chat-centered-text",
    "gear-six",
    "stack",
    "magnifying-glass",
    "cloud-check",
    "arrows-clockwise",
    "cloud-slash",
    "check-circle",
    "warning",
    "warning-octagon",
    "clock",
    "hourglass-medium",
    "question",
    "flag",
    "trend-up",
    "trend-down",
    "target",
    "receipt",
    "users",
    "headset",
    "hard-drives",
    "lock-simple",
    "eye",
    "snowflake",
    "shield-check",
    "monitor-play",
    "export",
    "note-pencil",
    "lock-key",
    "arrow-counter-clockwise",
    "crown-simple",
    "table",
    "file-text",
    "bell-slash",
    "bell",
    "flag-banner",
    "magic-wand",
    "shield-warning",
    "fingerprint",
    "trash",
    "laptop",
    "desktop",
    "link-simple",
    "caret-left",
    "list-bullets",
]


def test_installing_again_gives_the_theme_that_is_there(light: Theme) -> None:
    assert theme() is light
    assert light.palette is LIGHT


def test_toggle_switches_the_palette_and_says_so(light: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(light.changed):
        light.toggle()
    assert light.palette is DARK
    assert light.mode == Mode.DARK
    assert color("window").name() == DARK.window.lower()


def test_a_palette_change_reaches_the_widgets(light: Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    light.set_mode(Mode.DARK)
    assert field.palette().text().color().name() == DARK.text.lower()


def test_setting_the_same_mode_dresses_nothing_again(light: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(light.changed):
        light.set_mode(Mode.LIGHT)


def test_text_and_what_grows_with_it_scale_together(light: Theme, qtbot: QtBot) -> None:
    label = Label("Usage", Role.BODY)
    qtbot.addWidget(label)
    light.set_text_scale(1.5)
    assert font(Role.BODY).pixelSize() == 20
    assert label.font().pixelSize() == 20
    assert light.px(36) == 54


def test_roboto_is_there_in_its_three_weights(light: Theme) -> None:
    assert {"Regular", "Medium", "Bold"} <= set(QFontDatabase.styles("Roboto"))
    info = QFontInfo(font(Role.STRONG))
    assert info.family() == "Roboto"
    assert info.weight() == QFont.Weight.Bold


@pytest.mark.parametrize("role", Role)
def test_large_text_is_set_tight_and_small_text_is_not(light: Theme, role: Role) -> None:
    spacing = font(role).letterSpacing()
    share = spacing / font(role).pixelSize()
    assert -0.02 <= share <= -0.01 if role.value[0] >= 20 else spacing == 0


@pytest.mark.parametrize("name", DESIGN_ICONS)
def test_every_icon_of_the_design_can_be_painted(light: Theme, name: str) -> None:
    image = pixmap(name, "text", 16).toImage()
    painted = [image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)]
    assert max(painted) > 100


def test_an_unknown_icon_is_a_mistake_of_ours(light: Theme) -> None:
    with pytest.raises(KeyError):
        pixmap("no-such-icon", "text")


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_icons_have_the_pixels_of_the_screen(light: Theme, ratio: float) -> None:
    image = icon("house").pixmap(QSize(16, 16), ratio)
    assert image.devicePixelRatio() == ratio
    assert image.width() == 16 * ratio
    assert pixmap("house", "text", 16, ratio).width() == 16 * ratio


def test_an_icon_follows_the_theme_and_its_state(light: Theme) -> None:
    sign = icon("circle-fill", "text", disabled="text_3")

    def ink(mode: QIcon.Mode) -> str:
        return sign.pixmap(QSize(16, 16), 1.0, mode).toImage().pixelColor(8, 8).name().upper()

    assert ink(QIcon.Mode.Normal) == LIGHT.text
    assert ink(QIcon.Mode.Disabled) == LIGHT.text_3
    light.set_mode(Mode.DARK)
    assert ink(QIcon.Mode.Normal) == DARK.text


def test_the_focused_widget_has_a_ring_and_only_that_one(light: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    first, second = QLineEdit(), QLineEdit()
    for field in (first, second):
        give_focus_ring(field, 6)
        column.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    first.setFocus()
    second.setFocus()
    qtbot.waitUntil(lambda: len(_rings(window)) == 1)
    ring = _rings(window)[0]
    assert isinstance(ring, QWidget)
    assert ring.geometry().contains(second.geometry())
    assert ring.geometry().width() <= second.width() + 8


def _rings(window: QWidget) -> list[QObject]:
    return [child for child in window.children() if type(child).__name__ == "_Ring"]


def test_nothing_heavy_is_imported_before_the_first_page() -> None:
    code = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from convergedesk.desktop.theme import Theme, icon
from convergedesk.desktop.shell.window import MainWindow
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.shell.page_host import PageSpec
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.desktop.jobs import Jobs
Theme.install(app)
window = MainWindow([PageSpec("home", "Home", "house", PageFrame)])
window.show_page("home")
window.grab()
heavy = {"numpy", "pyqtgraph", "qtawesome", "sqlalchemy", "alembic", "duckdb", "keyring", "font_roboto"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
