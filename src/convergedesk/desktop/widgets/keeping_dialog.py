"""A dialog with a form that does not lose what was typed into it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.dialog import Dialog, confirmation
from convergedesk.desktop.widgets.scroll import ScrollArea


class KeepingDialog(Dialog):
    """Asks before it closes over unsaved work, and stays open until saving has succeeded.

    Attributes:
        fields: Where the form's rows go; scrolls where the window is too low for them.
        failure: Says why saving failed.
        save_button: The primary button.
    """

    def __init__(self, parent: QWidget, title: str, *, save: str, width: int = 640) -> None:
        """`save` is the text of the primary button."""
        super().__init__(parent, title, width=theme().px(width))
        self._asking: Dialog | None = None
        self._saved_form: object = None
        self._saving = False
        content = QWidget()
        self.fields = QVBoxLayout(content)
        # Room for the focus ring, which the scroll area would cut off.
        self.fields.setContentsMargins(3, 3, 3, 3)
        self.fields.setSpacing(12)
        self.body.addWidget(FormScroll(content), 1)
        self.failure = StatusText("", "critical", "warning-octagon", Role.LABEL)
        self.failure.hide()
        self.body.addWidget(self.failure)
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.save_button = self.add_button(save, "primary")
        self.save_button.clicked.connect(self._on_save)

    @property
    def saving(self) -> bool:
        """True between a submitted form and the answer."""
        return self._saving

    def form(self) -> object:
        """The fields as they stand; compared to tell whether anything was typed."""
        raise NotImplementedError

    def submit(self) -> bool:
        """Check the form and hand it on; False where something is still wrong with it."""
        raise NotImplementedError

    def begin(self, saved: object = None) -> None:
        """Call when the fields are filled: from here on a difference is unsaved work.

        Args:
            saved: What counts as saved, where the fields hold more than that already, as from a draft.
        """
        self._saved_form = self.form() if saved is None else saved

    def show_failure(self, error: Exception) -> None:
        """Saving failed: say why and let the person try again; everything typed is still there."""
        self.failure.set_status(sentence_of(error), "critical", "warning-octagon")
        self.failure.show()
        self._saving = False
        self.save_button.setEnabled(True)

    @Slot()
    def reject(self) -> None:
        if self.form() == self._saved_form:
            super().reject()
            return
        if self._asking is None:
            self._asking = confirmation(
                self,
                "Discard what you entered?",
                "It has not been saved.",
                "Discard",
                destructive=True,
            )
            self._asking.accepted.connect(self._on_discarded)
            self._asking.rejected.connect(self._on_kept)
            self._asking.open()

    @Slot()
    def _on_save(self) -> None:
        self.failure.hide()
        self._saving = True
        self.save_button.setEnabled(False)
        if not self.submit():
            self._saving = False
            self.save_button.setEnabled(True)

    @Slot()
    def _on_discarded(self) -> None:
        self._saved_form = self.form()
        self.reject()

    @Slot()
    def _on_kept(self) -> None:
        self._asking = None
        self.setFocus()


class FormScroll(ScrollArea):
    """As high as its form where there is room."""

    def __init__(self, content: QWidget) -> None:
        self._content = content
        super().__init__(content)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            # A row that appears within would otherwise only make the form scroll.
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        wanted = self._content.heightForWidth(width)
        return wanted if wanted >= 0 else self._content.sizeHint().height()

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()
