"""Logs a contact with a customer, or edits one that was logged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.clock_words import zone_of
from convergedesk.desktop.engagement.check_in_form import CheckInForm, form_of, from_draft
from convergedesk.desktop.engagement.people_field import PeopleField
from convergedesk.desktop.engagement.words import CHANNELS
from convergedesk.desktop.phrases import listing
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.choice import Checkbox
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, Select, TextArea, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.engagement import CheckIn, ContactChannel

if TYPE_CHECKING:
    from convergedesk.workspace.check_ins import CheckInChoices

_DRAFT_MS = 800
_SUMMARY_HEIGHT = 104
_ROUND_MINUTES = 5


class CheckInDialog(KeepingDialog):
    """Emits `submitted` with a `CheckInForm`; whoever saves it calls `accept` or `show_failure`.

    Signals:
        submitted: The form, sound.
        draft_changed: The form while it is written, for keeping it; None when it was given up.
    """

    submitted = Signal(object)
    draft_changed = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        choices: CheckInChoices,
        today: date,
        *,
        check_in: CheckIn | None = None,
        draft: Mapping[str, Any] | None = None,
    ) -> None:
        """Without a contact a new one is logged, as of now; a draft fills what was typed before."""
        title = f"Check-in with {choices.account_name}"
        super().__init__(parent, title, save="Save check-in" if check_in is not None else "Log check-in")
        self.choices = choices
        self.check_in = check_in
        self._today = today
        self._zone = zone_of(choices.time_zone)
        self.people = PeopleField([person.name for person in choices.persons])
        self.day = DateField(today)
        self.time = TextField("14:30")
        self.channel = SegmentedControl(CHANNELS)
        self.summary = TextArea("What was said, in a sentence or two")
        self.next_step = TextField("What follows, such as: Send the list of carriers")
        self.as_action = Checkbox("Make it an action")
        self.owner = Select(_named(choices, ""))
        self.due_on = DateField(today)
        self.author = Select(_named(choices, choices.author))
        self._rows: dict[str, FormRow] = {}
        self._timer = QTimer(self, interval=_DRAFT_MS, singleShot=True)
        self._timer.timeout.connect(self._on_pause)
        self._lay_out()
        blank = self._blank()
        form = form_of(check_in, self._zone) if check_in is not None else blank
        self.fill(form if draft is None else from_draft(draft, blank))
        if draft is not None:
            self._told.setText("You began this check-in before; it was kept as a draft.")
            self._told.show()
        self._timer.stop()
        for changed in (
            self.people.changed,
            self.day.textChanged,
            self.time.textChanged,
            self.channel.value_changed,
            self.summary.textChanged,
            self.next_step.textChanged,
            self.owner.value_changed,
            self.due_on.textChanged,
            self.author.value_changed,
        ):
            changed.connect(self._on_typed)
        self.as_action.toggled.connect(self._on_as_action)
        self.people.changed.connect(self._on_people)
        self.rejected.connect(self._on_given_up)
        self._on_people()
        if draft is None:
            self.begin()

    def form(self) -> CheckInForm:
        """The fields as they stand."""
        return CheckInForm(
            names=self.people.names(),
            day=self.day.day(),
            time=self.time.text(),
            channel=cast("ContactChannel", self.channel.value()),
            summary=self.summary.toPlainText(),
            next_step=self.next_step.text(),
            as_action=self.as_action.isChecked() and self.check_in is None,
            owner=str(self.owner.value() or ""),
            due_on=self.due_on.day(),
            author=str(self.author.value() or ""),
        )

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        form = self.form()
        problems = form.problems(self._today)
        for name, field in (("day", self.day), ("due_on", self.due_on)):
            if field.fault():
                problems[name] = field.fault()
        for name, row in self._rows.items():
            row.set_fault(problems.get(name, ""))
        if problems:
            first = next(name for name in self._rows if name in problems)
            self._rows[first].field.setFocus()
            return False
        self._timer.stop()
        self.submitted.emit(form)
        return True

    def fill(self, form: CheckInForm) -> None:
        """Show the fields of a form."""
        self.people.set_names(form.names)
        self.day.set_day(form.day)
        self.time.setText(form.time)
        self.channel.set_value(form.channel)
        self.summary.setPlainText(form.summary)
        self.next_step.setText(form.next_step)
        self.as_action.setChecked(form.as_action)
        self.owner.set_value(form.owner)
        self.due_on.set_day(form.due_on)
        if form.author and form.author not in dict(_named(self.choices, self.choices.author)):
            self.author.set_options([(form.author, form.author), *_named(self.choices, "")])
        self.author.set_value(form.author)
        self._on_as_action(form.as_action)

    def _blank(self) -> CheckInForm:
        local = self.choices.now.astimezone(self._zone)
        local -= timedelta(minutes=local.minute % _ROUND_MINUTES)
        return CheckInForm(
            day=min(local.date(), self._today),
            time=f"{local:%H:%M}",
            owner=self.choices.author,
            author=self.choices.author,
        )

    def _lay_out(self) -> None:
        self._told = Label("", Role.LABEL, "text_3")
        self._told.hide()
        self.fields.addWidget(self._told)
        self.fields.addWidget(self._row("people", "&With", self.people))
        self._add_line(
            (self._row("day", "&Day", self.day), 3),
            (self._row("time", "&Time", self.time, _place(self.choices.time_zone)), 2),
            (FormRow("How", self.channel), 4),
        )
        self.summary.setFixedHeight(theme().px(_SUMMARY_HEIGHT))
        self.fields.addWidget(self._row("summary", "What was &said", self.summary))
        self.fields.addWidget(self._row("next_step", "&Next step", self.next_step))
        follow = QHBoxLayout()
        follow.setSpacing(12)
        follow.addWidget(self.as_action, 0, Qt.AlignmentFlag.AlignLeft)
        follow.addStretch(1)
        self.fields.addLayout(follow)
        self._action = QWidget()
        line = QHBoxLayout(self._action)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._row("owner", "Who does it", self.owner), 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._row("due_on", "By when", self.due_on), 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addWidget(self._action)
        self.as_action.setVisible(self.check_in is None)
        self._add_line((self._row("author", "Logged by", self.author), 1), (QWidget(), 1))

    def _row(self, name: str, label: str, field: QWidget, hint: str = "") -> FormRow:
        self._rows[name] = FormRow(label, field, hint)
        return self._rows[name]

    def _add_line(self, *rows: tuple[QWidget, int]) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        for row, share in rows:
            line.addWidget(row, share, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(line)

    @Slot(bool)
    def _on_as_action(self, checked: bool) -> None:
        self._action.setVisible(checked and self.check_in is None)
        if checked and self.due_on.day() is None:
            self.due_on.set_day(self._today + timedelta(days=7))
        self._on_typed()

    @Slot()
    def _on_people(self) -> None:
        fresh = self.people.newcomers()
        verb = "is" if len(fresh) == 1 else "are"
        hint = f"{listing(fresh)} {verb} new: added to the people of {self.choices.account_name}."
        self._rows["people"].set_hint(hint if fresh else "")

    @Slot()
    def _on_typed(self) -> None:
        if self.check_in is None:
            self._timer.start()

    @Slot()
    def _on_pause(self) -> None:
        form = self.form()
        if not form.is_blank and not self.saving:
            self.draft_changed.emit(form)

    @Slot()
    def _on_given_up(self) -> None:
        self._timer.stop()
        if self.check_in is None:
            self.draft_changed.emit(None)


def _place(zone: str) -> str:
    """Whose time: 'Amsterdam time'."""
    return f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def _named(choices: CheckInChoices, more: str) -> list[tuple[str, str]]:
    names = list(dict.fromkeys(name for name in (*choices.ours, more, choices.author) if name))
    return [("", "Nobody yet"), *((name, name) for name in names)]
