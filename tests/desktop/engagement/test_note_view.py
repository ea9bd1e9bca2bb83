"""How a note reads: nothing hostile in it gets out or in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextCursor
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.note_text import NoteText
from convergedesk.desktop.engagement.note_view import NoteView
from convergedesk.desktop.theme import Theme, color
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import Label

DIGEST = "a" * 64


@pytest.fixture
def view(qtbot: QtBot, light: Theme) -> NoteView:
    view = NoteView()
    view.resize(500, 100)
    qtbot.addWidget(view)
    view.show()
    return view


def test_html_is_shown_as_it_was_typed(view: NoteView) -> None:
    typed = "<b>bold</b> <script>alert(1)</script>"
    view.set_note(typed, {})
    assert view.toPlainText() == typed


def test_pictures_come_from_the_workspace_alone(view: NoteView, tmp_path: Path) -> None:
    kept = QImage(20, 10, QImage.Format.Format_RGB32)
    kept.fill(QColor("teal"))
    outside = tmp_path / "outside.png"
    kept.save(str(outside))
    view.set_note(f"![in](picture:{DIGEST}) ![out]({outside.as_uri()})", {DIGEST: kept})
    assert view.loadResource(2, QUrl(f"picture:{DIGEST}")).width() == 20
    for address in (outside.as_uri(), str(outside), "https://example.com/a.png", "picture:" + "b" * 64, ""):
        assert view.loadResource(2, QUrl(address)).isNull()


def test_a_link_asks_with_its_whole_address_first(view: NoteView, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def keep(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", keep)
    view.set_note("[your bank](https://example.com/phish)", {})
    view.anchorClicked.emit(QUrl("https://example.com/phish"))
    assert opened == []
    said = " ".join(label.text() for label in view.window().findChildren(Label))
    assert "example.com" in said.replace("\u200b", "")
    next(one for one in view.window().findChildren(Button) if one.text() == "Open link").click()
    assert opened == ["https://example.com/phish"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "smb://x/y"]
)
def test_other_addresses_are_never_opened(view: NoteView, address: str) -> None:
    view.anchorClicked.emit(QUrl(address))
    assert not [one for one in view.window().findChildren(Button) if one.text() == "Open link"]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 20_000 + "deep",
        "- " * 5_000 + "deep",
        "[" * 50_000,
        "*" * 50_000 + "a",
        "`" * 50_000,
        "\n".join("  " * depth + "- a" for depth in range(500)),
        "a\0b",
        "![](picture:" + "a" * 10_000 + ")",
        "|" * 500 + "\n" + "|-" * 500,
        "\u202eevil\u202c \U0001f600" * 500,
    ],
)
def test_a_hostile_text_is_shown_and_the_program_lives(view: NoteView, text: str) -> None:
    view.set_note(text, {})
    assert view.height() > 0


def test_it_is_as_high_as_its_text(view: NoteView) -> None:
    view.set_note("one line", {})
    low = view.height()
    view.set_note("\n\n".join(["a paragraph"] * 10), {})
    assert view.height() > 5 * low


def test_mentions_are_marked_where_they_stand_and_nothing_else_is(qtbot: QtBot, light: Theme) -> None:
    view = NoteView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    text = "# To do\n\n- **Soon:** @Priya Nair sends it\n\nNot mail@Priya Nair, nor @Nobody Known."
    view.set_note(text, {}, ("Priya Nair",))
    document = view.document()
    marked = ""
    cursor = QTextCursor(document)
    for at in range(document.characterCount() - 1):
        cursor.setPosition(at)
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().background().color() == color("accent_soft"):
            marked += cursor.selectedText()
    assert marked == "@Priya Nair"


def test_mentions_are_marked_while_they_are_typed(qtbot: QtBot, light: Theme) -> None:
    field = NoteText("Write")
    qtbot.addWidget(field)
    field.set_people(["Priya Nair"])
    field.setPlainText("Ask @Priya Nair tomorrow")
    block = field.document().firstBlock()
    (found,) = block.layout().formats()
    assert (found.start, found.length) == (4, len("@Priya Nair"))
    assert field.toPlainText() == "Ask @Priya Nair tomorrow"
