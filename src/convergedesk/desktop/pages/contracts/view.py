"""The Contract tab: the time line, the editor of one contract, a check of any volume."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.autosave import Autosave
from convergedesk.desktop.faults import error_state, sentence_of
from convergedesk.desktop.pages.contracts.calculator import VolumeCheck
from convergedesk.desktop.pages.contracts.commitments_section import CommitmentsSection
from convergedesk.desktop.pages.contracts.files import ContractFiles
from convergedesk.desktop.pages.contracts.lanes import lanes_of
from convergedesk.desktop.pages.contracts.outcome import DraftBar, Outcome
from convergedesk.desktop.pages.contracts.prices_section import PricesSection
from convergedesk.desktop.pages.contracts.rows_section import IncludedSection, ServiceSection
from convergedesk.desktop.pages.contracts.section import Section
from convergedesk.desktop.pages.contracts.terms_section import TermsSection
from convergedesk.desktop.pages.contracts.time_line import ContractTimeLine
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.shown_files import ShownFiles
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.domain.billing import SignedCopy
from convergedesk.figures.wording import count, day

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.accounts import AccountId
    from convergedesk.sources.contract_terms_reading import TermsReject

TERMS, PRICES, INCLUDED, COMMITMENTS, SERVICE = "terms", "prices", "included", "commitments", "service"
_SIDE = 400
_MARGIN = 4
_NARROW = 960
_ANY = 16_777_215
_CSV = "CSV (*.csv);;All files (*)"
_MOST_REJECTS = 12


class ContractsView(QWidget):
    """Embeddable: `show_account(account_id)` shows a customer's contracts."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.model = ContractsViewModel(context, self)
        self.files = ContractFiles(context, lambda: self.model.account_id, self)
        self.time_line = ContractTimeLine()
        self.check = VolumeCheck(self.model, context.today())
        self.outcome = Outcome(self.model)
        self.bar = DraftBar(self.model)
        self._make_sections()
        self._body = Loading(self._make_content())
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._body, 1)
        page.addWidget(self.bar)
        self.time_line.contract_chosen.connect(self.model.choose)
        self.model.changed.connect(self._on_changed)
        self.model.checked.connect(self._on_checked)
        self.model.failed.connect(self._on_failed)
        self.autosave = Autosave(self.model.keep_draft, self)
        self.model.typed.connect(self.autosave.touch)
        self.model.draft_kept.connect(self.autosave.saved)
        self.model.failed.connect(self.autosave.failed)
        self.files.rejected.connect(self._on_rejected)
        self.files.failed.connect(self._on_failed)
        self.shown = ShownFiles(context.jobs, self)
        self.shown.failed.connect(self._on_failed)

    def show_account(self, account_id: AccountId, *, with_sites: bool = True) -> None:
        """Show a customer's contracts, with its sites' or alone."""
        self.autosave.flush()
        self.model.show_account(account_id, with_sites=with_sites)
        if self.model.book is None:
            self._body.start()

    def show_section(self, key: str) -> None:
        """Open a section of the editor."""
        self.which.set_value(key)

    def show_editor(self) -> None:
        """Scroll to the editor."""
        self._scroll.verticalScrollBar().setValue(self._editor.y() - _MARGIN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Beside each other where there is room for both, else under each other."""
        needed = self._editor.minimumSizeHint().width() + theme().px(_SIDE) + self._below.spacing()
        beside = self.width() >= max(theme().px(_NARROW), needed)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._below.direction() != direction:
            self._below.setDirection(direction)
        self._side.setMaximumWidth(theme().px(_SIDE) if beside else _ANY)
        self._side.setMinimumWidth(theme().px(_SIDE) if beside else 0)

    def _make_sections(self) -> None:
        self.which = SegmentedControl(
            [
                (TERMS, "Terms"),
                (PRICES, "Prices"),
                (INCLUDED, "Included"),
                (COMMITMENTS, "Commitments"),
                (SERVICE, "Service"),
            ]
        )
        self.prices = PricesSection(self.model)
        self.sections: dict[str, Section] = {
            TERMS: TermsSection(self.model),
            PRICES: self.prices,
            INCLUDED: IncludedSection(self.model),
            COMMITMENTS: CommitmentsSection(self.model),
            SERVICE: ServiceSection(self.model),
        }
        terms = self.sections[TERMS]
        if isinstance(terms, TermsSection):
            terms.copy_wanted.connect(self._on_copy_wanted)
        self._outdated: set[str] = set()
        self._stack = QStackedWidget()
        for section in self.sections.values():
            self._stack.addWidget(section)
        self.which.set_value(PRICES)
        self._stack.setCurrentWidget(self.prices)
        self.which.value_changed.connect(self._on_which)

    def _make_content(self) -> QWidget:
        self._lines = Card(
            "Terms and amendments", "the past is never rewritten: each change starts on its day"
        )
        amend = Button("New amendment", icon="plus", small=True)
        amend.clicked.connect(self.model.new_amendment)
        add = Button("New contract", icon="plus", small=True)
        add.clicked.connect(self.model.new_contract)
        self._amend = amend
        files = MenuButton("File", small=True)
        files.add_choice("Import contracts (CSV)…").triggered.connect(self._on_import)
        files.add_choice("Export these contracts (CSV)…").triggered.connect(self._on_export)
        files.add_choice("Save an example to fill in (CSV)…").triggered.connect(self._on_example)
        for button in (files, add, amend):
            self._lines.add_to_header(button)
        self._lines.add(self.time_line)
        self._editor = Card("Contract")
        self._delete = Button("Delete", "quiet", icon="trash", small=True)
        self._delete.clicked.connect(self.model.delete)
        self._editor.add_to_header(self._delete)
        self._editor.add(self.which)
        self._editor.add(self._stack, 1)
        self._editor.body.setAlignment(self.which, Qt.AlignmentFlag.AlignLeft)
        self._empty = EmptyState(
            "file-text",
            "Nothing is agreed yet",
            "Add what was signed, or import contracts from a file.",
            "New contract",
        )
        self._empty.action_clicked.connect(self.model.new_contract)
        side = QVBoxLayout()
        side.setSpacing(16)
        side.addWidget(self.check)
        side.addWidget(self.outcome)
        side.addStretch(1)
        right = QWidget()
        right.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        self._side = right
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self._editor, 1)
        below.addWidget(right)
        self._below = below
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._lines)
        column.addLayout(below)
        column.addWidget(self._empty)
        column.addStretch(1)
        self._scroll = ScrollArea(content)
        return self._scroll

    @Slot(object)
    def _on_which(self, key: str) -> None:
        self._lay_out()
        self._stack.setCurrentWidget(self.sections[key])
        self._fit()

    def _lay_out(self) -> None:
        key, form = str(self.which.value()), self.model.form
        if form is not None and key in self._outdated:
            self._outdated.discard(key)
            self.sections[key].lay_out(form)

    @Slot()
    def _on_changed(self) -> None:
        form, book = self.model.form, self.model.book
        if book is None:
            return
        for widget in (self._editor, self._side, self._lines):
            widget.setVisible(form is not None)
        self._empty.setVisible(form is None)
        self._amend.setEnabled(self.model.saved is not None)
        self.bar.refresh()
        if form is not None:
            self._outdated = set(self.sections)
            self._lay_out()
            self.check.set_meters(self.prices.meter_id)
            self._show_checked()
        self._body.finish()

    @Slot()
    def _on_checked(self) -> None:
        self.sections[str(self.which.value())].check()
        # The others read the draft when they are opened.
        self._outdated = set(self.sections) - {str(self.which.value())}
        self.check.refresh()
        self._show_checked()

    def _show_checked(self) -> None:
        model = self.model
        form, book = model.form, model.book
        if form is None or book is None:
            return
        until = "open end" if form.ends_on is None else day(form.ends_on)
        since = day(form.starts_on) if form.starts_on is not None else "no first day"
        kind = "amendment" if form.amends_id is not None else "contract"
        new = "not saved yet" if model.saved is None else f"{since} to {until}"
        self._editor.set_title(form.name or f"New {kind}", f"{kind}, {new}")
        amendments = sum(one.amends_id is not None for one in book.contracts)
        held = count(len(book.contracts) - amendments, "contract")
        amended = f", {count(amendments, 'amendment')}" if amendments else ""
        self._lines.set_sub(f"{held}{amended}; each change starts on its day")
        self.time_line.set_lanes(
            lanes_of(model.contracts, model.names, model.findings), form.contract_id, book.today
        )
        self.outcome.refresh()
        self.bar.refresh()

    @Slot()
    def _on_import(self) -> None:
        self._ask(self.files.take_in).ask_file("Import contracts", _CSV)

    @Slot()
    def _on_export(self) -> None:
        book = self.model.book
        name = book.account.name if book is not None else "Contracts"
        self._ask(self.files.export).ask_where_to_save("Export contracts", f"{name} contracts.csv", _CSV)

    @Slot()
    def _on_example(self) -> None:
        self._ask(self.files.save_example).ask_where_to_save("Save an example", "contracts.csv", _CSV)

    def _ask(self, then: Callable[[Path], None]) -> FileChooser:
        chooser = FileChooser(self)
        chooser.chosen.connect(lambda paths: then(paths[0]))
        return chooser

    @Slot()
    def _on_copy_wanted(self) -> None:
        form = self.model.form
        if form is not None and form.signed_digest:
            copy = SignedCopy(form.signed_digest, form.signed_name)
            self.shown.show(copy.name, lambda: self.model.read_copy(copy))

    @Slot(object)
    def _on_rejected(self, rejects: Sequence[TermsReject]) -> None:
        dialog = Dialog(self, f"{count(len(rejects), 'row')} not taken")
        lines = "\n".join(f"Line {one.line}: {one.reason}" for one in rejects[:_MOST_REJECTS])
        if len(rejects) > _MOST_REJECTS:
            lines += f"\nand {len(rejects) - _MOST_REJECTS} more"
        dialog.body.addWidget(Label("The contracts without such a row came in.", Role.BODY, "text_2"))
        dialog.body.addWidget(Label(lines, Role.BODY, wrap=True, selectable=True))
        dialog.add_button("Close").clicked.connect(dialog.accept)
        dialog.open()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.model.book is not None:
            self._context.notify(sentence_of(error), tone="critical")
            return
        state = error_state("Contracts could not be read", error, fix="Try again")
        state.fix_clicked.connect(self.model.reload)
        self._body.show_instead(state)
