"""Says what a file of settings would change, and takes what fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.settings import Choice, Setting, Toggle
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.pages.settings.view_model import SettingsViewModel
    from convergedesk.workspace.settings import SettingsPlan


class ImportSettingsDialog(Dialog):
    """What changes, what does not fit, and what this release does not know."""

    def __init__(self, parent: QWidget, model: SettingsViewModel, plan: SettingsPlan) -> None:
        super().__init__(parent, "Import settings", width=560)
        self._model, self._plan = model, plan
        changes = len(plan.changes)
        head = f"{count(changes, 'setting')} would change." if changes else "Nothing would change."
        self.body.addWidget(Label(head, Role.BODY, "text_2", wrap=True))
        rows = [
            KeyValue(
                one.setting.title, f"{_words(one.setting, one.before)} → {_words(one.setting, one.after)}"
            )
            for one in plan.changes
        ]
        self.body.addWidget(KeyValueRows(rows))
        for fault in plan.faults:
            line = f"{fault} That setting stays as it is."
            self.body.addWidget(Label(line, Role.LABEL, "warning", wrap=True))
        if plan.unknown:
            names = ", ".join(plan.unknown)
            line = f"Not known to this release, and kept for a later one: {names}."
            self.body.addWidget(Label(line, Role.LABEL, "text_3", wrap=True))
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        take = self.add_button("Take these settings", "primary")
        take.setEnabled(bool(plan.changes or plan.unknown))
        take.clicked.connect(self._on_take)

    @Slot()
    def _on_take(self) -> None:
        self.accept()
        self._model.take(self._plan)


def _words(setting: Setting[Any], value: Any) -> str:
    if isinstance(setting.field, Toggle):
        return "on" if value else "off"
    if isinstance(setting.field, Choice):
        return dict(setting.field.options).get(value, str(value))
    return str(value) or "none"
