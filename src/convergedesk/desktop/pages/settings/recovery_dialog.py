"""Shows, prints and tries the recovery key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

from convergedesk.desktop.pages.settings.recovery_sheet import paint_sheet, print_on, write_pdf
from convergedesk.desktop.saving import save
from convergedesk.desktop.theme import Role, color, theme
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.domain.errors import ConvergeDeskError
from convergedesk.domain.recovery_key import RecoveryKeyError, read_recovery_key

if TYPE_CHECKING:
    from convergedesk.desktop.pages.settings.view_model import SettingsViewModel

_SHEET_HEIGHT = 392
_PADDING = 24


class _Sheet(QWidget):
    """The sheet as it will be printed, in black on white whatever the theme."""

    def __init__(self, name: str, file_name: str, lines: Sequence[str], printed: date) -> None:
        super().__init__()
        self._content = (name, file_name, lines, printed)
        self.setMinimumHeight(theme().px(_SHEET_HEIGHT))
        self.setAccessibleName("Recovery key: " + ", ".join(lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(color("line"))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.translate(_PADDING, 20 * theme().text_scale)
        paint_sheet(painter, float(self.width() - 2 * _PADDING), *self._content)


class RecoveryDialog(Dialog):
    """Accepted when the person says that the key is on paper."""

    def __init__(
        self, parent: QWidget, name: str, file_name: str, lines: Sequence[str], printed: date | None = None
    ) -> None:
        """`lines` are the four of the key; `printed` is today unless said otherwise."""
        super().__init__(parent, "Put the recovery key on paper", width=600)
        self._content = (name, file_name, tuple(lines), printed or date.today())  # noqa: DTZ011 (the person's day)
        area = ScrollArea(_Sheet(*self._content))
        area.setMinimumHeight(_SHEET_HEIGHT)
        self.body.addWidget(area)
        self._fault = Label("", Role.LABEL, "critical", wrap=True)
        self._fault.hide()
        self.body.addWidget(self._fault)
        later = self.add_button("Not now", "quiet")
        later.clicked.connect(self.reject)
        keep = self.add_button("Save as PDF…", icon="file-text")
        keep.clicked.connect(self._on_save)
        self._print = self.add_button("Print…", icon="printer")
        self._print.clicked.connect(self._on_print)
        done = self.add_button("I have it on paper", "primary")
        done.clicked.connect(self.accept)

    @Slot()
    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("ConvergeDesk recovery key")
        dialog = QPrintDialog(printer, self.window())
        dialog.accepted.connect(lambda: print_on(printer, *self._content))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    @Slot()
    def _on_save(self) -> None:
        chooser = FileChooser(self)
        chooser.chosen.connect(self.save_to)
        chooser.ask_where_to_save("Save outside this computer", "recovery-key.pdf", "PDF (*.pdf)")

    @Slot(object)
    def save_to(self, paths: tuple[Path, ...]) -> None:
        """Write the sheet as a PDF."""
        try:
            save(paths[0], lambda path: write_pdf(str(path), *self._content))
        except ConvergeDeskError as error:
            self._say(str(error), "critical")
        else:
            self._say(f"Saved {paths[0].name}. Move it off this computer, then delete it here.", "good")

    def _say(self, sentence: str, tone: str) -> None:
        self._fault.setText(sentence)
        self._fault.set_tone(tone)
        self._fault.show()


class RecoveryTestDialog(Dialog):
    """The person types the key from paper; the dialog says whether it would have worked."""

    def __init__(self, parent: QWidget, model: SettingsViewModel) -> None:
        super().__init__(parent, "Test the recovery key", width=520)
        self._model = model
        sentence = "Type the four lines from paper. Nothing is changed; you only learn whether they fit."
        self.body.addWidget(Label(sentence, Role.BODY, "text_2", wrap=True))
        self.field = TextField("ABCDE-FGHJK-MNPQ …")
        self._row = FormRow("Recovery key", self.field, "Dashes, spaces and capitals do not matter.")
        self.body.addWidget(self._row)
        self._result = Label("", Role.LABEL_MEDIUM, "good", wrap=True)
        self._result.hide()
        self.body.addWidget(self._result)
        close = self.add_button("Close", "quiet")
        close.clicked.connect(self.reject)
        self.test = self.add_button("Test", "primary")
        self.test.clicked.connect(self._on_test)
        self.field.returnPressed.connect(self._on_test)
        self.field.textChanged.connect(self._on_typed)

    @Slot()
    def _on_typed(self) -> None:
        self._row.set_fault("")
        self._result.hide()

    @Slot()
    def _on_test(self) -> None:
        try:
            secret = read_recovery_key(self.field.text())
        except RecoveryKeyError as error:
            self._row.set_fault(str(error))
            return
        self._model.test_recovery(secret, self._on_tested)

    def _on_tested(self, fits: bool) -> None:
        if not fits:
            self._row.set_fault(
                "It is well written, but belongs to another workspace, or the key was changed since."
            )
            return
        self._result.setText("It opens this workspace. Keep the sheet where it is safe.")
        self._result.show()
        self._model.note_recovery(tested=True)
