"""A note as it reads: Markdown without HTML, without anything from the network, links on request only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Slot
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from convergedesk.desktop.engagement.mention_marks import mark_mentions
from convergedesk.desktop.theme import Role, color, font, give_focus_ring, theme
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.label import Label

_SCHEMES = frozenset({"http", "https", "mailto"})
_WIDEST = 560
_MOST_LETTERS = 100_000
_DEEPEST = 12
_SPACE = 6
_SMALL_HEADING = 3
_QUOTES = re.compile(rf"^((?:[ \t]*>){{{_DEEPEST}}})[ \t>]*", re.MULTILINE)
_INDENT = re.compile(rf"^[ \t]{{{4 * _DEEPEST},}}", re.MULTILINE)


class NoteView(QTextBrowser):
    """Text that can be selected; as high as it is long, so that whatever holds it scrolls.

    Raw HTML is shown as it was typed. Pictures are those of the workspace. A link asks first, with its
    whole address.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_note`."""
        super().__init__(parent)
        self._pictures: Mapping[str, QImage] = {}
        self._text = ""
        self._people: tuple[str, ...] = ()
        self._asking: Dialog | None = None
        self.setAccessibleName("Note")
        give_focus_ring(self, 6)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._on_link)

    def set_note(self, text: str, pictures: Mapping[str, QImage], people: Sequence[str] = ()) -> None:
        """Show Markdown; `pictures` by digest; mentions of `people` are marked."""
        self._text, self._pictures, self._people = text, pictures, tuple(people)
        self._render()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures of the workspace by their digest; nothing else, from no file and no network."""
        address = name.toString() if isinstance(name, QUrl) else name
        scheme, _, digest = address.partition(":")
        image = self._pictures.get(digest) if scheme == "picture" else None
        if image is None:
            return QImage()
        room = round(_WIDEST * self.devicePixelRatioF())
        if image.width() > room:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        return image

    def sizeHint(self) -> QSize:
        return QSize(200, self._height(self.viewport().width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height(self.viewport().width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setFixedHeight(self._height(self.viewport().width()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._text:
            self._render()

    def _render(self) -> None:
        document = self.document()
        document.setDefaultFont(font(Role.BODY))
        features = QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        document.setMarkdown(_bounded(self._text), features | QTextDocument.MarkdownFeature.MarkdownNoHTML)
        self._dress(document)
        mark_mentions(document, self._people)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Text, color("text"))
        palette.setColor(palette.ColorRole.Link, color("accent_text"))
        self.setPalette(palette)
        self.setFixedHeight(self._height(self.viewport().width()))

    def _dress(self, document: QTextDocument) -> None:
        """Give headings, quotations and lists the program's own measure."""
        document.setIndentWidth(theme().px(20))
        space = theme().px(_SPACE)
        block = document.begin()
        while block.isValid():
            form = block.blockFormat()
            cursor = QTextCursor(block)
            quoted = form.intProperty(QTextFormat.Property.BlockQuoteLevel)
            listed = block.textList() is not None
            form.setTopMargin(0 if block == document.begin() else 2 if listed else space)
            form.setBottomMargin(0)
            if quoted:
                form.setLeftMargin(quoted * theme().px(16))
                form.setIndent(0)
            cursor.setBlockFormat(form)
            level = form.headingLevel()
            if level or quoted:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                letters = QTextCharFormat()
                if level:
                    letters.setFont(font(Role.SECTION if level < _SMALL_HEADING else Role.STRONG))
                    letters.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
                else:
                    letters.setForeground(color("text_2"))
                    letters.setFontItalic(True)
                cursor.mergeCharFormat(letters)
            block = block.next()

    def _height(self, width: int) -> int:
        document = self.document()
        document.setTextWidth(max(80, width))
        return round(document.size().height() + 0.99)

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        known = url.scheme().lower() in _SCHEMES and url.isValid()
        title = "Open this link?" if known else "This link is not opened"
        self._asking = Dialog(self, title, width=480)
        said = "It leads out of ConvergeDesk, into your browser:" if known else "Only web and mail links are:"
        self._asking.body.addWidget(Label(said, Role.BODY, "text_2", wrap=True))
        # In the form that cannot pass for another site's name.
        whole = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        self._asking.body.addWidget(Label(_breakable(whole), Role.MEDIUM, wrap=True, selectable=True))
        close = self._asking.add_button("Close" if not known else "Cancel", "quiet")
        close.clicked.connect(self._asking.reject)
        if known:
            self._asking.setProperty("url", url)
            go = self._asking.add_button("Open link", "primary")
            go.clicked.connect(self._asking.accept)
            self._asking.accepted.connect(self._on_agreed)
        self._asking.open()

    @Slot()
    def _on_agreed(self) -> None:
        if self._asking is not None:
            QDesktopServices.openUrl(self._asking.property("url"))


def _bounded(text: str) -> str:
    """What the reader of Markdown can take: nesting as deep as a hostile text has would end the program."""
    shown = (
        text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}\n\n… the rest shows while editing."
    )
    return _INDENT.sub("    ", _QUOTES.sub(r"\1 ", shown)).replace("\0", "\N{REPLACEMENT CHARACTER}")


def _breakable(address: str) -> str:
    shown = address if len(address) <= 600 else f"{address[:600]}…"
    return re.sub(r"(?<=[/?&=.%-])", "\u200b", shown)
