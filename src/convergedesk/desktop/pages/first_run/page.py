"""The first screen: two ways in, and what keeps the data safe."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk import __version__
from convergedesk.desktop.pages.first_run.encryption import EncryptionCard
from convergedesk.desktop.pages.first_run.miniature import PICTURE_HEIGHT, Miniature, paint_picture_ground
from convergedesk.desktop.pages.first_run.view_model import FirstRunViewModel, Keychain
from convergedesk.desktop.pages.first_run.way import Way
from convergedesk.desktop.passphrase_dialog import PassphraseDialog
from convergedesk.desktop.theme import Role, paint_logo, theme
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.bars import ProgressBar
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.drop_area import DropArea
from convergedesk.desktop.widgets.file_chooser import WORKSPACE_FILES, FileChooser
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea

_COLUMN = 1176


class FirstRunPage(QWidget):
    """Shown when there is no workspace to open; `chosen` brings what the person wants."""

    chosen = Signal(object)

    def __init__(self, model: FirstRunViewModel | None = None, parent: QWidget | None = None) -> None:
        """Call `model.set_keychain` as soon as it is known whether the computer has one."""
        super().__init__(parent)
        self.model = model or FirstRunViewModel(self)
        self._files_chooser = FileChooser(self)
        self._files_chooser.chosen.connect(self.model.import_files)
        self._workspace_chooser = FileChooser(self)
        self._workspace_chooser.chosen.connect(self._on_workspace_chosen)
        column = QWidget()
        column.setMaximumWidth(_COLUMN)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._fill(QVBoxLayout(column))
        centred = QWidget()
        row = QHBoxLayout(centred)
        row.setContentsMargins(32, 0, 32, 24)
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(_Strip())
        page.addWidget(ScrollArea(centred), 1)
        self.model.changed.connect(self._on_changed)
        self.model.passphrase_needed.connect(self._on_passphrase_needed)
        self.model.chosen.connect(self.chosen)
        self._on_changed()

    def focus_first(self) -> None:
        """Put the keyboard on the way that is advised."""
        self._explore.setFocus()

    def _fill(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(Label("How would you like to start?", Role.HERO))
        column.addSpacing(4)
        column.addWidget(
            Label(
                "You can switch or combine these later. "
                "Everything stays on this laptop, with or without a connection.",
                Role.LEAD,
                "text_3",
                wrap=True,
            )
        )
        column.addSpacing(28)
        ways = QHBoxLayout()
        ways.setSpacing(24)
        ways.addWidget(self._sample_way(), 1)
        ways.addWidget(self._import_way(), 1)
        column.addLayout(ways)
        column.addSpacing(14)
        self._fault = StatusText("", "critical", "warning-octagon")
        self._progress = ProgressBar()
        column.addWidget(self._fault)
        column.addWidget(self._progress)
        column.addSpacing(12)
        self._encryption = EncryptionCard()
        self._encryption.protect_clicked.connect(self._on_protect)
        self._encryption.keychain_clicked.connect(self.model.use_keychain)
        column.addWidget(self._encryption)
        column.addSpacing(16)
        column.addLayout(self._existing())
        column.addStretch(3)

    def _sample_way(self) -> QWidget:
        way = Way(
            Miniature(),
            "Explore the sample workspace",
            "Ten made-up accounts with two years of usage, tickets, goals and billing.",
            ("Every page has data to try out", "Marked as sample on every page", "Kept in a file of its own"),
            advised=True,
        )
        self._explore = Button("Explore the sample", "primary", icon="compass")
        self._explore.clicked.connect(self.model.explore_sample)
        way.add_button(self._explore)
        return way

    def _import_way(self) -> QWidget:
        self._drop = DropArea("Drop files or a folder here", "CSV, Excel, Parquet or JSON Lines")
        self._drop.dropped.connect(self.model.import_files)
        self._drop.clicked.connect(self._on_choose_files)
        way = Way(
            _DropPicture(self._drop),
            "Import files",
            "Exports of your CRM, support desk, usage and billing, as they come.",
            (
                "Column matches are suggested",
                "Nothing is saved until you confirm",
                "Your files stay as they are",
            ),
        )
        self._choose_files = Button("Choose files", icon="upload-simple")
        self._choose_files.clicked.connect(self._on_choose_files)
        self._choose_folder = Button("Choose a folder", icon="folder-open")
        self._choose_folder.clicked.connect(self._on_choose_folder)
        way.add_button(self._choose_files)
        way.add_button(self._choose_folder)
        return way

    def _existing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Label("Have a workspace file already?", Role.BODY, "text_3"))
        self._open = Button("Open an existing workspace…", "link")
        self._open.clicked.connect(self._on_open)
        row.addWidget(self._open)
        row.addStretch(1)
        return row

    @Slot()
    def _on_changed(self) -> None:
        preparing, fault = self.model.preparing, self.model.fault
        self._encryption.show_state(self.model.keychain, passphrase=self.model.has_passphrase)
        self._progress.setVisible(preparing is not None)
        if preparing is not None:
            self._progress.set_progress(preparing.label, preparing.done, preparing.total)
        self._fault.setVisible(fault is not None)
        if fault is not None:
            self._fault.set_status(str(fault), "critical", "warning-octagon")
        for widget in (
            self._explore,
            self._choose_files,
            self._choose_folder,
            self._open,
            self._drop,
            self._encryption,
        ):
            widget.setEnabled(preparing is None)

    @Slot()
    def _on_passphrase_needed(self) -> None:
        self._ask_passphrase()

    @Slot()
    def _on_protect(self) -> None:
        self._ask_passphrase()

    def _ask_passphrase(self) -> None:
        dialog = PassphraseDialog(self, only_way=self.model.keychain is Keychain.MISSING)
        dialog.chosen.connect(self.model.protect)
        dialog.rejected.connect(self.model.forget_choice)
        dialog.open(dialog.passphrase)

    @Slot()
    def _on_choose_files(self) -> None:
        self._files_chooser.ask_files("Choose files to import")

    @Slot()
    def _on_choose_folder(self) -> None:
        self._files_chooser.ask_folder("Choose a folder to import")

    @Slot()
    def _on_open(self) -> None:
        self._workspace_chooser.ask_file("Open a workspace", WORKSPACE_FILES)

    @Slot(object)
    def _on_workspace_chosen(self, paths: tuple[Path, ...]) -> None:
        self.model.open_workspace(paths[0])


class _Strip(QWidget):
    """The program's name at the top, where the navigation will be later."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(72, 16, 32, 12)
        row.setSpacing(16)
        row.addWidget(Label("ConvergeDesk", Role.SECTION))
        row.addStretch(1)
        row.addWidget(StatusText("Works without a connection", "text_3", "cloud-slash", Role.LABEL))
        row.addWidget(Label(f"Version {__version__}", Role.LABEL, "text_3"))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_logo(QPainter(self), QRectF(32, (self.height() + 4) / 2 - 14, 28, 28))


class _DropPicture(QWidget):
    """The picture of the import: the place to drop files, on the same ground as the other picture."""

    def __init__(self, drop: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 24, 40, 24)
        row.addStretch(1)
        row.addWidget(drop, 100)
        row.addStretch(1)
        drop.setMaximumWidth(420)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(360, theme().px(PICTURE_HEIGHT))

    def hasHeightForWidth(self) -> bool:
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_picture_ground(painter, QRectF(self.rect()))
