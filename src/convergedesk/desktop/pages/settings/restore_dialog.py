"""Goes back to a backup, having said what that means."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from convergedesk.desktop.clock_words import moment
from convergedesk.desktop.pages.settings.words import size
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.file_chooser import WORKSPACE_FILES, FileChooser
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.errors import ConvergeDeskError, KeyMissingError, WrongKeyError
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.pages.settings.view_model import SettingsViewModel
    from convergedesk.store.contents import EditLine
    from convergedesk.store.keys import Key
    from convergedesk.workspace.backups import RestorePreview

_EDITS_SHOWN = 4


class RestoreDialog(Dialog):
    """A backup at the top, what it holds beneath, and what would be lost."""

    def __init__(self, parent: QWidget, model: SettingsViewModel, today: date) -> None:
        super().__init__(parent, "Go back to a backup", width=600)
        self._model = model
        self._today = today
        self._zone = model.around.zone()
        self._found: tuple[Path, Key] | None = None
        self._by_words = False
        backups = model.state.backups
        options = [(one.path, self._line(one)) for one in backups]
        self.choice = Select(options)
        self.choice.setAccessibleName("Backup")
        self.choice.value_changed.connect(self._on_chosen)
        self.body.addWidget(FormRow("Backup", self.choice))
        other = Button("Choose another file…", "link", small=True)
        other.clicked.connect(self._on_other)
        self.body.addWidget(other)
        self.words = TextField()
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        self._words_row = FormRow(
            "Its passphrase", self.words, "This backup has another key than the workspace."
        )
        self.words.returnPressed.connect(self._on_words)
        self._words_row.hide()
        self.body.addWidget(self._words_row)
        self._told = Label("", Role.BODY, "text_2", wrap=True)
        self.body.addWidget(self._told)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._table)
        self._edits = Label("", Role.LABEL, "text_2", wrap=True)
        self.body.addWidget(self._edits)
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.confirm = self.add_button("Restore", "destructive", icon="arrow-counter-clockwise")
        self.confirm.clicked.connect(self._on_confirmed)
        self._clear("There are no backups yet." if not backups else "")
        if backups:
            self._look(backups[0].path)

    def _line(self, backup: object) -> str:
        made = moment(getattr(backup, "made_at"), self._zone, self._today)  # noqa: B009
        former = "" if getattr(backup, "same_key") else ", with a former key"  # noqa: B009
        return f"{made}, {size(getattr(backup, 'size'))}{former}"  # noqa: B009

    def _look(self, path: Path, words: str | None = None) -> None:
        self._clear("Looking into it…")
        self._by_words = words is not None

        def show(found: tuple[RestorePreview, Key]) -> None:
            self._show(found[0])
            self._found = (path, found[1])

        self._pending = path
        self._model.preview(path, show, self._on_failed, words)

    def _clear(self, sentence: str) -> None:
        self._found = None
        self.confirm.setEnabled(False)
        self._words_row.hide()
        self._told.setText(sentence)
        self._told.set_tone("text_2")
        self._told.setVisible(bool(sentence))
        self._table.hide()
        self._edits.hide()

    def _show(self, preview: RestorePreview) -> None:
        self._clear("")
        self._fill(preview)
        if preview.other:
            sentence, tone = "This is a backup of another workspace than the one that is open.", "warning"
        elif preview.present is None:
            sentence, tone = "The present workspace could not be compared with it.", "text_2"
        elif preview.lost:
            sentence = f"{count(len(preview.lost), 'edit')} made since would be lost."
            tone = "warning"
        else:
            sentence, tone = (
                "No edit was made since. Imports made since would have to be made again.",
                "text_2",
            )
        self._told.setText(f"{sentence} The file that is replaced is kept beside it.")
        self._told.set_tone(tone)
        self._told.show()
        edits = preview.lost or preview.backup.edits
        if edits:
            title = "Would be lost" if preview.lost else "Last edits in the backup"
            self._edits.setText("\n".join([f"{title}:", *self._lines(edits)]))
            self._edits.show()
        self.confirm.setEnabled(True)

    def _lines(self, edits: tuple[EditLine, ...]) -> list[str]:
        lines = [
            f"{moment(one.made_at, self._zone, self._today)}  {one.label}" for one in edits[:_EDITS_SHOWN]
        ]
        more = len(edits) - _EDITS_SHOWN
        return [*lines, f"and {more} more"] if more > 0 else lines

    def _fill(self, preview: RestorePreview) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for column, text in enumerate(("", "In the backup", "Now")):
            self._cell(0, column, Label(text, Role.CAPTION_MEDIUM, "text_3"))
        now = preview.present.counts if preview.present is not None else {}
        for row, (words, held) in enumerate(preview.backup.counts.items(), 1):
            self._cell(row, 0, Label(words.capitalize()))
            self._cell(row, 1, Label(f"{held:,}", Role.MEDIUM))
            different = now.get(words, held) != held
            tone = "warning" if different else "text_2"
            self._cell(row, 2, Label(f"{now[words]:,}" if words in now else "not known", Role.MEDIUM, tone))
        self._table.show()

    def _cell(self, row: int, column: int, label: Label) -> None:
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(label, row, column, side)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, KeyMissingError | WrongKeyError):
            self._clear("")
            self._words_row.show()
            self._words_row.set_fault(error.sentence if self._by_words else "")
            self.words.setFocus()
        elif isinstance(error, ConvergeDeskError):
            self._clear(str(error))
            self._told.set_tone("critical")

    @Slot(object)
    def _on_chosen(self, path: Hashable) -> None:
        if isinstance(path, Path):
            self._look(path)

    @Slot()
    def _on_other(self) -> None:
        chooser = FileChooser(self)
        chooser.chosen.connect(lambda paths: self._look(paths[0]))
        chooser.ask_file("Choose a backup", WORKSPACE_FILES)

    @Slot()
    def _on_words(self) -> None:
        if self.words.text():
            self._look(self._pending, self.words.text())

    @Slot()
    def _on_confirmed(self) -> None:
        if self._found is not None:
            path, key = self._found
            self.accept()
            self._model.restore(path, key, by_passphrase=True if self._by_words else None)
