"""Adds what a customer said, or edits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from convergedesk.desktop.autosave import Autosave
from convergedesk.desktop.feedback.feedback_form import NEW, NONE, FeedbackForm
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.account_field import AccountField
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, Select, TextArea, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.feedback import Feedback, RequestId
from convergedesk.domain.tickets import TicketId
from convergedesk.workspace.feedback import FeedbackChoices, RequestDraft, suggested_request

_AUDIENCES = ((Audience.INTERNAL, "Internal"), (Audience.SHARED, "Shared with the customer"))
_BACK = "What you had begun is here again."
_BODY_HEIGHT = 96
_SUGGEST_AFTER_MS = 400
_NOON = time(12)


class FeedbackDialog(KeepingDialog):
    """Emits `submitted`; whoever saves it calls `accept` or `show_failure`.

    Signals:
        submitted: A `Feedback`, and a `RequestDraft` where it belongs to a new request, else None.
        account_chosen: The id of another account, whose people should be offered.
        draft_changed: The `FeedbackForm` as it stands, a moment after the last key; only of new feedback.
        discarded: The person gave up what was typed.
    """

    submitted = Signal(object, object)
    account_chosen = Signal(object)
    draft_changed = Signal(object)
    discarded = Signal()

    def __init__(
        self,
        parent: QWidget,
        choices: FeedbackChoices,
        today: date,
        zone: tzinfo,
        *,
        accounts: Sequence[tuple[AccountId, str]] = (),
        item: Feedback | None = None,
        request_id: RequestId | None = None,
        begun: FeedbackForm | None = None,
    ) -> None:
        """For one account, or one that is chosen.

        Args:
            parent: Any widget of the window.
            choices: What is offered, and whose feedback it is.
            today: The workspace's today.
            zone: Time zone of the account's days.
            accounts: To choose from, by id and name, where `choices` name none.
            item: Is edited; None adds.
            request_id: Is proposed.
            begun: A draft to go on with.
        """
        whose = f" from {choices.account_name}" if choices.account_name else ""
        verb = "Edit feedback" if item is not None else "Feedback"
        super().__init__(
            parent, f"{verb}{whose}", save="Save feedback" if item is not None else "Add feedback", width=600
        )
        self.account_id = choices.account_id if item is None else item.account_id
        self._item, self._zone, self._choices = item, zone, choices
        self.account = AccountField(accounts)
        self._account_row = FormRow("A&ccount", self.account)
        if self.account_id is not None:
            self._account_row.hide()
        self.body_field = TextArea("In the customer's own words")
        self.body_field.setFixedHeight(theme().px(_BODY_HEIGHT))
        self.author = TextField("Who said it")
        self.day = DateField(today, today)
        self.request = Select(_offers(choices))
        self.new_title = TextField("Such as: Retry policy per destination")
        self.audience = SegmentedControl(_AUDIENCES)
        self.audience.setAccessibleName("Who may see it")
        self.offer = Button("", "link", small=True)
        self.offer.hide()
        self._rows = {
            "body": FormRow("What they &said", self.body_field),
            "author": FormRow("&Whose words", self.author),
            "day": FormRow("&On", self.day),
            "request": FormRow("&Request", self.request),
            "new_title": FormRow("&Title of the new request", self.new_title),
        }
        self._fill(item, request_id)
        self._lay_out()
        self.offer_people(choices.people)
        self._late = QTimer(self, interval=_SUGGEST_AFTER_MS, singleShot=True)
        self._late.timeout.connect(self.suggest)
        self.account.chosen.connect(self._on_account)
        self.body_field.textChanged.connect(self._late.start)
        self.request.value_changed.connect(self._on_request)
        self.offer.clicked.connect(self._on_offer)
        self._on_request()
        blank = self.form()
        if begun is not None:
            self._go_on(begun)
        self.begin(blank)
        self._autosave = Autosave(self._keep_draft, self)
        if item is None:
            self._follow_typing()

    @property
    def first_field(self) -> QWidget:
        """Where the keyboard goes."""
        return self.account if self.account_id is None else self.body_field

    def form(self) -> FeedbackForm:
        """The fields as they stand."""
        return FeedbackForm(
            self.account_id,
            self.body_field.toPlainText(),
            self.author.text(),
            self.day.day(),
            self.request.value(),
            self.new_title.text(),
            cast("Audience", self.audience.value()),
        )

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        form = self.form()
        missing = {
            "body": "" if form.body.strip() else "Write down what was said.",
            "day": "" if form.day is not None else self.day.fault() or "Say on which day.",
            "new_title": "Give the request a title."
            if form.request == NEW and not form.new_title.strip()
            else "",
        }
        self._account_row.set_fault("" if form.account_id is not None else "Say who said it.")
        for name, fault in missing.items():
            self._rows[name].set_fault(fault)
        wrong = [self._rows[name].field for name, fault in missing.items() if fault]
        if form.account_id is None or form.day is None or wrong:
            (self.account if form.account_id is None else wrong[0]).setFocus()
            return False
        before = self._item or Feedback(
            form.account_id, datetime.combine(form.day, _NOON, self._zone), "", ticket_id=self._ticket_id()
        )
        kept_time = before.given_at.astimezone(self._zone).time()
        item = replace(
            before,
            given_at=datetime.combine(form.day, kept_time, self._zone),
            body=form.body.strip(),
            author=form.author.strip(),
            audience=form.audience,
            request_id=None if form.request in (NEW, NONE) else cast("RequestId", form.request),
        )
        self.submitted.emit(item, RequestDraft(form.new_title) if form.request == NEW else None)
        return True

    def offer_people(self, names: Sequence[str]) -> None:
        """Complete the author with these names."""
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.author.setCompleter(completer)

    @Slot()
    def suggest(self) -> None:
        """Offer the request that the words most likely belong to, while none is chosen."""
        found = None
        if self.request.value() == NONE:
            found = suggested_request(self.body_field.toPlainText(), self._choices.requests)
        self.offer.setVisible(found is not None)
        if found is not None:
            self.offer.setText(f"Count it with “{found.title}”".replace("&", "&&"))
            self.offer.setProperty("request", found.id)

    def _fill(self, item: Feedback | None, request_id: RequestId | None) -> None:
        ticket = self._choices.ticket
        if item is not None:
            self.body_field.setPlainText(item.body)
            self.author.setText(item.author)
            self.day.set_day(item.given_at.astimezone(self._zone).date())
            self.audience.set_value(item.audience)
            request_id = item.request_id
        elif ticket is not None:
            self.author.setText(ticket.requester or "")
            self.day.set_day(ticket.opened_at.astimezone(self._zone).date())
        self.request.set_value(request_id if request_id is not None else NONE)
        if self.request.value() is None:
            self.request.set_value(NONE)

    def _go_on(self, begun: FeedbackForm) -> None:
        """Fill the fields with what was begun before."""
        if self.account_id is None and begun.account_id is not None:
            self.account.choose(begun.account_id)
            self.account_id = begun.account_id
        self.body_field.setPlainText(begun.body)
        self.author.setText(begun.author)
        if begun.day is not None:
            self.day.set_day(begun.day)
        self.request.set_value(begun.request if isinstance(begun.request, str | int) else NONE)
        if self.request.value() is None:
            self.request.set_value(NONE)
        self.new_title.setText(begun.new_title)
        self.audience.set_value(begun.audience)
        self._on_request()
        self.fields.addWidget(Label(_BACK, Role.LABEL, "text_3"))

    def _follow_typing(self) -> None:
        for changed in (
            self.account.chosen,
            self.body_field.textChanged,
            self.author.textChanged,
            self.day.textChanged,
            self.request.value_changed,
            self.new_title.textChanged,
            self.audience.value_changed,
        ):
            changed.connect(self._autosave.touch)
        self.accepted.connect(self._autosave.forget)
        self.rejected.connect(self._autosave.forget)
        self.rejected.connect(self.discarded)

    def _keep_draft(self) -> bool:
        self.draft_changed.emit(self.form())
        return True

    @Slot()
    def draft_kept(self) -> None:
        """The draft of `draft_changed` is kept."""
        self._autosave.saved()

    def _lay_out(self) -> None:
        ticket = self._choices.ticket
        if ticket is not None:
            said = f"Said in #{ticket.number} {ticket.title}"
            self.fields.addWidget(Label(said, Role.LABEL, "text_3", wrap=True))
        self.fields.addWidget(self._account_row)
        self.fields.addWidget(self._rows["body"])
        line = QHBoxLayout()
        line.setSpacing(12)
        for name in ("author", "day"):
            line.addWidget(self._rows[name], 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(line)
        for name in ("request", "new_title"):
            self.fields.addWidget(self._rows[name])
        self.fields.addWidget(self.offer)
        seen = QHBoxLayout()
        seen.setSpacing(12)
        seen.addWidget(self.audience)
        note = "Shared words may be quoted to this customer; revenue and votes never are."
        seen.addWidget(Label(note, Role.LABEL, "text_3", wrap=True), 1)
        self.fields.addLayout(seen)

    def _ticket_id(self) -> TicketId | None:
        return None if self._choices.ticket is None else self._choices.ticket.id

    @Slot(object)
    def _on_account(self, account_id: AccountId) -> None:
        self.account_id = account_id
        self.account_chosen.emit(account_id)

    @Slot()
    def _on_request(self) -> None:
        self._rows["new_title"].setVisible(self.request.value() == NEW)
        self.suggest()

    @Slot()
    def _on_offer(self) -> None:
        self.request.set_value(self.offer.property("request"))


def _offers(choices: FeedbackChoices) -> list[tuple[object, str]]:
    own = [(request.id, request.title) for request in choices.requests]
    return [(NONE, "Not sorted yet"), (NEW, "A new request…"), *own]
