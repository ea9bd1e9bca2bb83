"""Mentions as they are marked: while a note is written, and where it is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument

from convergedesk.desktop.theme import color
from convergedesk.figures.mentions import mentions

# The day that a sentence names is not asked for here.
_ANY_DAY = date(2000, 1, 1)


def mention_format() -> QTextCharFormat:
    """How a mention looks, in the colours of now."""
    letters = QTextCharFormat()
    letters.setForeground(color("accent_text"))
    letters.setBackground(color("accent_soft"))
    letters.setFontWeight(QFont.Weight.Medium)
    return letters


def mark_mentions(document: QTextDocument, names: Sequence[str]) -> None:
    """Mark every mention of one of `names` in a document that is only read."""
    letters = mention_format()
    cursor = QTextCursor(document)
    # One character of the text is one place of the document, pictures and ends of blocks included.
    for found in mentions(document.toPlainText(), names, _ANY_DAY):
        cursor.setPosition(found.start)
        cursor.setPosition(found.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)


class MentionMarks(QSyntaxHighlighter):
    """Marks mentions while they are typed; nothing of it is part of the text."""

    def __init__(self, document: QTextDocument) -> None:
        """Nobody is known before `set_names`."""
        super().__init__(document)
        self._names: tuple[str, ...] = ()

    def set_names(self, names: Sequence[str]) -> None:
        """Who can be mentioned."""
        self._names = tuple(names)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if "@" not in text:
            return
        letters = mention_format()
        for found in mentions(text, self._names, _ANY_DAY):
            self.setFormat(found.start, found.end - found.start, letters)
