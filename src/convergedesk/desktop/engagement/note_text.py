"""The field in which notes are written: Markdown, pictures pasted or dropped, mentions with '@'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.engagement.mention_marks import MentionMarks
from convergedesk.desktop.widgets.fields import TextArea
from convergedesk.desktop.widgets.suggestions import Suggestions, matching

_MENTION = re.compile(r"(?:^|[\s(\[])@([^\n@]{0,40})$")
_LIST = re.compile(r"^(\s*)([-*+]|\d{1,3}[.)])(\s+)(\[[ xX]\]\s+)?")
_MOST_LETTERS = 200_000
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")


class NoteText(TextArea):
    """Plain text with Markdown's marks.

    Signals:
        image_pasted: A QImage from the clipboard.
        files_dropped: Paths of pictures that were dropped or pasted as files.
        too_long: Text was refused because the note would become longer than it may.
    """

    image_pasted = Signal(object)
    files_dropped = Signal(object)
    too_long = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        """Nobody can be mentioned before `set_people`."""
        super().__init__(placeholder, parent=parent)
        self._people: tuple[str, ...] = ()
        self._list: Suggestions | None = None
        self._marks = MentionMarks(self.document())
        self.setAccessibleName("Note")
        self.cursorPositionChanged.connect(self._on_moved)

    def set_people(self, names: Sequence[str]) -> None:
        """Who can be mentioned."""
        self._people = tuple(names)
        self._marks.set_names(names)

    @property
    def suggestions(self) -> Suggestions | None:
        """The list of people, once it was needed."""
        return self._list

    def wrap(self, mark: str) -> None:
        """Put a mark on both sides of the selected words, or take it away."""
        cursor = self.textCursor()
        chosen = cursor.selectedText()
        if chosen.startswith(mark) and chosen.endswith(mark) and len(chosen) > 2 * len(mark):
            cursor.insertText(chosen[len(mark) : -len(mark)])
        else:
            cursor.insertText(f"{mark}{chosen}{mark}")
            if not chosen:
                cursor.movePosition(QTextCursor.MoveOperation.Left, n=len(mark))
        self.setTextCursor(cursor)
        self.setFocus()

    def start_lines(self, mark: str) -> None:
        """Begin every selected line with a mark, or take it away where all have it."""
        cursor = self.textCursor()
        start, end = sorted((cursor.anchor(), cursor.position()))
        document = self.document()
        first, last = document.findBlock(start).blockNumber(), document.findBlock(end).blockNumber()
        blocks = [document.findBlockByNumber(number) for number in range(first, last + 1)]
        everywhere = all(block.text().startswith(mark) for block in blocks)
        cursor.beginEditBlock()
        for block in blocks:
            at = QTextCursor(block)
            if everywhere:
                for _ in mark:
                    at.deleteChar()
            elif not block.text().startswith(mark):
                at.insertText(mark)
        cursor.endEditBlock()
        self.setFocus()

    def insert_picture(self, words: str, digest: str) -> None:
        """Name a picture where the cursor is, on a line of its own."""
        cursor = self.textCursor()
        before = "" if cursor.atBlockStart() else "\n\n"
        plain = re.sub(r"[\[\]\n]", " ", words).strip()
        cursor.insertText(f"{before}![{plain}](picture:{digest})\n\n")
        self.setTextCursor(cursor)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasText() or bool(_files(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        paths = _files(source)
        if paths:
            self.files_dropped.emit(paths)
        elif source.hasImage() and not source.hasText():
            image = source.imageData()
            if isinstance(image, QImage):
                self.image_pasted.emit(image)
        elif self.document().characterCount() + len(source.text()) > _MOST_LETTERS:
            self.too_long.emit()
        else:
            self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list is not None and self._list.take_key(event):
            return
        command = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if command and event.key() in (Qt.Key.Key_B, Qt.Key.Key_I):
            self.wrap("**" if event.key() == Qt.Key.Key_B else "_")
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._new_line()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list is not None:
            self._list.hide()

    def _new_line(self) -> None:
        """A new line in a list goes on with the list; an empty item ends it."""
        cursor = self.textCursor()
        line = cursor.block().text()
        found = _LIST.match(line)
        if found is None or cursor.hasSelection() or cursor.positionInBlock() < found.end():
            cursor.insertText("\n")
        elif line.strip() == found.group().strip():
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.removeSelectedText()
        else:
            indent, mark, space, box = found.groups()
            if mark[0].isdigit():
                mark = f"{int(mark[:-1]) + 1}{mark[-1]}"
            cursor.insertText(f"\n{indent}{mark}{space}{'[ ] ' if box else ''}")
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    @Slot()
    def _on_moved(self) -> None:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = _MENTION.search(before)
        offered: list[str] = []
        if found is not None and self.hasFocus() and found[1] not in self._people:
            offered = matching(self._people, found[1])
        if not offered:
            if self._list is not None:
                self._list.hide()
            return
        if self._list is None:
            self._list = Suggestions(self, "People to mention")
            self._list.picked.connect(self._on_picked)
        corner = self.viewport().mapToGlobal(self.cursorRect().topLeft())
        self._list.offer(offered, QRect(corner, self.cursorRect().size()))

    @Slot(str)
    def _on_picked(self, name: str) -> None:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = _MENTION.search(before)
        if found is not None:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(found[1])
            )
        cursor.insertText(f"{name} ")
        self.setTextCursor(cursor)


def _files(source: QMimeData) -> tuple[Path, ...]:
    paths = (Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile())
    return tuple(path for path in paths if path.suffix.lower() in _PICTURES)
