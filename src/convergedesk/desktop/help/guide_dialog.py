"""The guide, read inside the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from convergedesk.desktop.help.guide import read_guide, title_of, without_title
from convergedesk.desktop.theme import Role, color, font, give_focus_ring, theme
from convergedesk.desktop.widgets.dialog import Dialog

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext, JobRunner

_WIDTH = 760
_LEAST_HEIGHT = 200
_USUAL_HEIGHT = 640
# What the dialog needs above and beneath the text.
_AROUND = 260
_SPACE = 8
_SECTION_SPACE = 18
_SECTION_LEVEL = 2


class GuideDialog(Dialog):
    """One page of the guide; its links lead to others."""

    def __init__(self, parent: QWidget, jobs: JobRunner, page: str) -> None:
        """`page` is the name of a page, such as 'goals'."""
        super().__init__(parent, "Guide", width=theme().px(_WIDTH))
        self._jobs = jobs
        self._pages: list[str] = []
        self.text = GuideText()
        room = parent.window().height() - theme().px(_AROUND)
        self.text.setMinimumHeight(max(_LEAST_HEIGHT, min(theme().px(_USUAL_HEIGHT), room)))
        self.text.anchorClicked.connect(self._on_link)
        self.body.addWidget(self.text, 1)
        self.back = self.add_button("Back", "quiet", icon="arrow-left")
        self.back.clicked.connect(self._on_back)
        done = self.add_button("Done", "primary")
        done.clicked.connect(self.accept)
        self._go(page)

    @property
    def page(self) -> str:
        """The name of the page on screen."""
        return self._pages[-1]

    def _go(self, page: str) -> None:
        self._pages.append(page)
        self._read()

    def _read(self) -> None:
        page = self._pages[-1]
        self.back.setVisible(len(self._pages) > 1)

        def work(_job: JobContext) -> str:
            return read_guide(page)

        self._jobs.submit(work, on_done=self._on_read)

    def _on_read(self, markdown: str) -> None:
        self.set_title(title_of(markdown))
        self.text.set_guide(without_title(markdown))

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        if url.isRelative() and url.path().endswith(".md"):
            self._go(url.path().rpartition("/")[2].removesuffix(".md"))
        elif url.scheme() == "https":
            QDesktopServices.openUrl(url)

    @Slot()
    def _on_back(self) -> None:
        if len(self._pages) > 1:
            self._pages.pop()
            self._read()


class GuideText(QTextBrowser):
    """Markdown in the program's own type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_guide`."""
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Page of the guide")
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(4)
        give_focus_ring(self, 6)

    def set_guide(self, markdown: str) -> None:
        """Show another page from its top."""
        document = self.document()
        document.setDefaultFont(font(Role.BODY))
        document.setMarkdown(markdown)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Text, color("text"))
        palette.setColor(palette.ColorRole.Link, color("accent_text"))
        self.setPalette(palette)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # It closes the dialog.
            event.ignore()
            return
        super().keyPressEvent(event)

    def _dress(self) -> None:
        """Give headings and paragraphs the program's own measure."""
        block = self.document().begin()
        while block.isValid():
            form = block.blockFormat()
            level = form.headingLevel()
            cursor = QTextCursor(block)
            if cursor.currentTable() is None:
                form.setTopMargin(theme().px(_SECTION_SPACE if level else _SPACE))
                form.setBottomMargin(0)
                cursor.setBlockFormat(form)
            if level:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                letters = QTextCharFormat()
                letters.setFont(font(Role.SECTION if level <= _SECTION_LEVEL else Role.STRONG))
                letters.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
                cursor.mergeCharFormat(letters)
            block = block.next()
