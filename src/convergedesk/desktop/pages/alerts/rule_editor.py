"""One rule: switched, limited, scoped, and tried out on the last 90 days."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.alerts.preview_list import PreviewList
from convergedesk.desktop.pages.alerts.rule_words import scope_words
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.bars import ProgressBar
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.switch import Switch
from convergedesk.domain.alert_rules import Parameter, kind_of
from convergedesk.domain.alerts import Severity
from convergedesk.domain.settings import Choice, Number

if TYPE_CHECKING:
    from convergedesk.desktop.pages.alerts.rules_model import RulesViewModel
    from convergedesk.domain.alert_rules import AlertRule
    from convergedesk.domain.kinds import PodId

_FIELD = 240
_EVERYWHERE = "everywhere"
_SEVERITIES = (
    (Severity.CRITICAL, "Critical"),
    (Severity.WARNING, "Warning"),
    (Severity.INFO, "Information"),
)


class RuleEditor(Card):
    """The chosen rule; what is edited is tried out before it is kept."""

    def __init__(self, model: RulesViewModel, parent: QWidget | None = None) -> None:
        """Empty until the model has read the rules."""
        super().__init__(flush=True, parent=parent)
        self._model = model
        self._kind: str = ""
        self.body.setSpacing(0)
        self.title = Label("", Role.SECTION, wrap=True)
        self.help = Label("", Role.BODY, "text_2", wrap=True)
        self.switch = Switch("This rule is on")
        self.severity = SegmentedControl(list(_SEVERITIES))
        self.severity.setAccessibleName("How pressing")
        self.scope = Select()
        self.scope.setAccessibleName("For which accounts")
        self.scope.setMinimumWidth(_FIELD)
        self.fields: dict[str, TextField | Select] = {}
        self._rows: dict[str, FormRow] = {}
        self._form = QWidget()
        self._grid = QGridLayout(self._form)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(14)
        self.try_out = Button("Try it on the last 90 days", icon="clock-counter-clockwise")
        self.cancel = Button("Cancel", "quiet")
        self.keep = Button("Keep", "primary")
        self.discard = Button("Discard", "quiet")
        self.reset = Button("Back to how it came", "quiet")
        self.more = MenuButton("Another for", small=True)
        self.progress = ProgressBar()
        self.said = Label("", Role.STRONG, wrap=True)
        self.list = PreviewList()
        self.notes = Label("", Role.CAPTION, "text_3", wrap=True)
        self.add(ScrollArea(self._content()), 1)
        self._connect()

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.more)
        head.addWidget(self.switch)
        column.addLayout(head)
        column.addWidget(self.help)
        column.addWidget(self._form)
        fixed = QHBoxLayout()
        fixed.setSpacing(24)
        self._scope_row = FormRow("For", self.scope)
        fixed.addWidget(
            FormRow("How pressing", self.severity, "Critical and warning are told by a notification.")
        )
        fixed.addWidget(self._scope_row)
        fixed.addStretch(1)
        column.addLayout(fixed)
        column.addWidget(Separator())
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.try_out, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.reset, self.discard, self.keep):
            buttons.addWidget(button)
        column.addLayout(buttons)
        for widget in (self.progress, self.said, self.list, self.notes):
            column.addWidget(widget)
        column.addStretch(1)
        return content

    def _connect(self) -> None:
        model = self._model
        self.switch.clicked.connect(model.set_enabled)
        self.severity.value_changed.connect(model.set_severity)
        self.scope.value_changed.connect(self._on_scope)
        self.try_out.clicked.connect(model.try_out)
        self.cancel.clicked.connect(model.cancel)
        self.keep.clicked.connect(model.keep)
        self.discard.clicked.connect(model.discard)
        self.reset.clicked.connect(model.reset)
        model.changed.connect(self._on_changed)
        model.draft_changed.connect(self._on_draft)
        model.preview_changed.connect(self._on_preview)

    @Slot()
    def _on_changed(self) -> None:
        rule, rules = self._model.draft, self._model.rules
        if rule is None or rules is None:
            return
        kind = kind_of(rule.kind)
        self.title.setText(kind.title)
        self.help.setText(kind.help)
        self.switch.setChecked(rule.enabled)
        self.switch.setAccessibleName(f"“{kind.title}” is on")
        blocked = self.severity.blockSignals(True)
        self.severity.set_value(rule.severity)
        self.severity.blockSignals(blocked)
        self._fill_scope(rule)
        if self._kind != f"{rule.kind}{rule.id}":
            self._kind = f"{rule.kind}{rule.id}"
            self._build_form(rule)
        self._fill_form(rule)
        self._fill_more(rule)
        self._on_draft()
        self._on_preview()

    def _fill_scope(self, rule: AlertRule) -> None:
        rules = self._model.rules
        if rules is None:
            return
        blocked = self.scope.blockSignals(True)
        if rule.account_ids:
            self.scope.set_options([("accounts", scope_words(rule, rules))])
            self.scope.set_value("accounts")
        elif rule.everywhere:
            self.scope.set_options([(_EVERYWHERE, "All accounts")])
            self.scope.set_value(_EVERYWHERE)
        else:
            self.scope.set_options(list(rules.pods))
            self.scope.set_value(rule.pod_id)
        self.scope.setEnabled(not rule.everywhere and not rule.account_ids)
        self._scope_row.set_hint(
            "Rules for a pod or an account stand above this one." if rule.everywhere else ""
        )
        self.scope.blockSignals(blocked)

    def _build_form(self, rule: AlertRule) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields, self._rows = {}, {}
        for number, parameter in enumerate(kind_of(rule.kind).parameters):
            field, shown = self._field(parameter)
            if shown is field:
                row = FormRow(parameter.title, field, parameter.help)
            else:
                row = _Beside(parameter, field, cast("Number", parameter.field).unit)
            self.fields[parameter.key], self._rows[parameter.key] = field, row
            self._grid.addWidget(row, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._form.setVisible(bool(self.fields))

    def _field(self, parameter: Parameter) -> tuple[TextField | Select, QWidget | None]:
        if isinstance(parameter.field, Choice):
            choice = Select(list(parameter.field.options))
            choice.setMinimumWidth(_FIELD)
            choice.value_changed.connect(partial(self._model.set_value, parameter.key))
            return choice, choice
        text = TextField()
        text.setFixedWidth(theme().px(88))
        text.textEdited.connect(partial(self._on_number, parameter.key))
        return text, None

    def _fill_form(self, rule: AlertRule) -> None:
        for parameter in kind_of(rule.kind).parameters:
            value = rule.parameters.get(parameter.key, parameter.default)
            field = self.fields[parameter.key]
            blocked = field.blockSignals(True)
            if isinstance(field, Select):
                field.set_value(value)
            elif not field.hasFocus():
                field.setText(str(value))
            field.blockSignals(blocked)

    def _fill_more(self, rule: AlertRule) -> None:
        rules = self._model.rules
        self.more.setVisible(rule.everywhere and rules is not None and bool(rules.pods or rules.accounts))
        self.more.menu().clear()
        if rules is None or not rule.everywhere:
            return
        for pod_id, name in rules.pods:
            choice = self.more.add_choice(name, icon="stack")
            choice.triggered.connect(partial(self._model.add_for, pod_id, ()))
        few = rules.accounts[:30]
        for account_id, name in few:
            choice = self.more.add_choice(name, icon="buildings")
            choice.triggered.connect(partial(self._model.add_for, None, (account_id,)))

    @Slot(object)
    def _on_scope(self, key: object) -> None:
        if isinstance(key, int):
            self._model.set_scope(cast("PodId", key), ())

    def _on_number(self, key: str, text: str) -> None:
        typed = text.strip()
        self._model.set_value(key, int(typed) if typed.isdigit() else typed)

    @Slot()
    def _on_draft(self) -> None:
        model = self._model
        rule = model.draft
        if rule is None:
            return
        self._fill_form(rule)
        for parameter in kind_of(rule.kind).parameters:
            row = self._rows.get(parameter.key)
            value = rule.parameters.get(parameter.key, parameter.default)
            fault = parameter.field.fault(value)
            if row is not None:
                row.set_fault(f"{fault[:1].upper()}{fault[1:]}." if fault else "")
        self.keep.setVisible(model.edited)
        self.discard.setVisible(model.edited)
        self.keep.setEnabled(not model.fault)
        self.try_out.setEnabled(not model.fault)
        self.reset.setVisible(rule.id is not None and not model.edited)
        self.reset.setText("Back to how it came" if rule.everywhere else "Delete this rule")

    @Slot()
    def _on_preview(self) -> None:
        model = self._model
        self.cancel.setVisible(model.trying)
        self.progress.setVisible(model.trying)
        self.try_out.setVisible(not model.trying)
        if model.trying:
            told = model.progress
            done, total = (0, None) if told is None else (told.done, told.total)
            self.progress.set_progress("Looking at every day of the last 90 as it stood then", done, total)
        found = model.preview
        for widget in (self.said, self.list, self.notes):
            widget.setVisible(found is not None)
        if found is None:
            return
        times = "once" if len(found.fired) == 1 else f"{len(found.fired):,} times"
        where = f"looking at {found.accounts:,} account" + ("" if found.accounts == 1 else "s")
        self.said.setText(
            f"Would have fired {times} in the last 90 days, {where}"
            if found.fired
            else f"Would not have fired in the last 90 days, {where}"
        )
        self.list.show_fired(found.fired, found.last_day)
        self.notes.setText("\n".join(f"Approximate: {sentence}" for sentence in found.approximations))


class _Beside(FormRow):
    """A number with its unit beside it."""

    def __init__(self, parameter: Parameter, field: TextField | Select, unit: str) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(field)
        row.addWidget(Label(unit, Role.LABEL, "text_2"))
        row.addStretch(1)
        field.setAccessibleName(f"{parameter.title}, {unit}" if unit else parameter.title)
        super().__init__(parameter.title, holder, parameter.help)
        self._number = field

    def set_fault(self, sentence: str) -> None:
        """Say what is wrong with the number."""
        super().set_fault(sentence)
        if isinstance(self._number, TextField):
            self._number.set_fault(bool(sentence))
