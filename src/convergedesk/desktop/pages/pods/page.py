"""Pods: who shares which accounts. Everything is kept as it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.autosave import Autosave
from convergedesk.desktop.faults import error_state, sentence_of
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.pods.account_columns import account_columns
from convergedesk.desktop.pages.pods.colleagues_card import ColleaguesCard
from convergedesk.desktop.pages.pods.offer_card import OfferCard
from convergedesk.desktop.pages.pods.view_model import AGENTS, PodsViewModel
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.fields import FormRow, SearchField, Select, TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.accounts import AccountId, Person, PersonId, PersonRole, PodId
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext

_NOBODY = 0
_SIDE = 400
_EVERYONE, _CHOSEN = "all", "chosen"


class PodsPage(QWidget):
    """The pod that is edited on the left, the suggested pilot on the right."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self.model = PodsViewModel(context, self)
        self._frame = PageFrame()
        self._frame.header.set_title(
            "Pods", "one success manager, two support agents, and the accounts they share"
        )
        self.which = Select()
        self.which.setAccessibleName("Pod")
        self.which.setMinimumWidth(180)
        add = Button("New pod", icon="plus")
        add.clicked.connect(self._on_add)
        scorecard = Button("Pilot scorecard", "quiet", icon="scales")
        scorecard.clicked.connect(self._on_scorecard)
        self._frame.header.add_action(scorecard)
        self._frame.header.add_action(self.which)
        self._frame.header.add_action(add)
        self.name = TextField()
        self.offer = OfferCard()
        self.colleagues = ColleaguesCard(context)
        self._rows: RowsModel[PortfolioRow] = RowsModel(
            account_columns(self._is_chosen), id_of=lambda row: row.account_id, parent=self
        )
        self.table = TableView(self._rows, name="Accounts of the pod", lines=1)
        self._body = Loading(self._make_content())
        self._frame.body.addWidget(self._body, 1)
        self.autosave = Autosave(self._save_name, self)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self._connect()

    def open(self, argument: object = None) -> None:
        """Show the pods, at one of them where its id is given."""
        self._body.start()
        item = self._context.navigator.take_item()
        if item is not None and item.kind == "person":
            self.colleagues.show_colleague(PersonId(item.id))
        self.model.reload()
        wanted = argument if isinstance(argument, int) else self._context.portfolio.pod
        if wanted is not None:
            self.model.choose(PodId(wanted))

    @Slot()
    def _on_scorecard(self) -> None:
        chosen = self.which.value()
        self._context.navigator.open_pilot(PodId(chosen) if isinstance(chosen, int) else None)

    def focus_search(self) -> None:
        """Put the keyboard into the search of accounts."""
        self.search.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.name, self.table, self.colleagues.table, self.offer.ask]

    def _make_content(self) -> QWidget:
        self._editor = Card("Pod")
        self._delete = Button("Delete", "quiet", icon="trash", small=True)
        self._delete.clicked.connect(self.model.delete)
        self._editor.add_to_header(self._delete)
        self.manager = Select()
        self.agents = [Select() for _ in range(AGENTS)]
        self._name_row = FormRow("Name", self.name)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._name_row, 3, Qt.AlignmentFlag.AlignTop)
        line.addWidget(FormRow("Success manager", self.manager), 2, Qt.AlignmentFlag.AlignTop)
        for number, agent in enumerate(self.agents, 1):
            line.addWidget(FormRow(f"Support agent {number}", agent), 2, Qt.AlignmentFlag.AlignTop)
        self._editor.body.addLayout(line)
        self._people = Label("", Role.LABEL, "text_2", wrap=True)
        self._editor.add(self._people)
        accounts = Card("Accounts", flush=True)
        self.search = SearchField("Find an account")
        self.shown = SegmentedControl([(_EVERYONE, "All"), (_CHOSEN, "In the pod")])
        accounts.add_to_header(self.search)
        accounts.add_to_header(self.shown)
        self.table.set_empty(EmptyState("buildings", "No account fits", "Search for something else."))
        accounts.add(self.table, 1)
        self._accounts = accounts
        self._empty = EmptyState(
            "stack",
            "No pods yet",
            "A pod narrows every page to the accounts that some of you share.",
            "New pod",
        )
        self._empty.action_clicked.connect(self._on_add)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self._editor)
        left.addWidget(accounts, 1)
        left.addWidget(self._empty)
        offer = QWidget()
        beside = QVBoxLayout(offer)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(16)
        beside.addWidget(self.colleagues)
        beside.addWidget(self.offer)
        beside.addStretch(1)
        scroll = ScrollArea(offer)
        scroll.setFixedWidth(_SIDE)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(scroll)
        return content

    def _connect(self) -> None:
        self.model.changed.connect(self._on_changed)
        self.model.pod_changed.connect(self._on_pod_changed)
        self.model.offered.connect(self._on_offered)
        self.model.failed.connect(self._on_failed)
        self.which.value_changed.connect(self._on_which)
        self.name.textChanged.connect(self._on_name)
        self.name.editingFinished.connect(self.autosave.flush)
        for select in (self.manager, *self.agents):
            select.value_changed.connect(self._on_members)
        self.table.activated_id.connect(self._on_toggled)
        self.search.search_changed.connect(self._filter)
        self.shown.value_changed.connect(self._filter)
        self.offer.asked.connect(self.model.ask_offer)
        self.offer.taken.connect(self.model.take_offer)
        self.offer.rates_wanted.connect(self._on_rates)
        self._context.portfolio.changed.connect(self._show_accounts)

    @Slot()
    def _on_changed(self) -> None:
        book, pod = self.model.book, self.model.pod
        if book is None:
            return
        self.which.blockSignals(True)
        self.which.set_options([(one.id, one.name) for one in book.pods])
        self.which.set_value(pod.id if pod is not None else None)
        self.which.blockSignals(False)
        for widget in (self._editor, self._accounts, self.which):
            widget.setVisible(pod is not None)
        self._empty.setVisible(pod is None)
        self.colleagues.show_people(book.people, book.pods)
        if pod is not None:
            if self.name.text().strip() != pod.name and not self.name.hasFocus():
                self.name.blockSignals(True)
                self.name.setText(pod.name)
                self.name.blockSignals(False)
            self._name_row.set_fault("")
            self._fill_people()
            self._show_accounts()
            self._on_pod_changed()
        self._body.finish()

    def _fill_people(self) -> None:
        model = self.model
        managers = model.people(PersonRole.SUCCESS_MANAGER)
        agents = model.people(PersonRole.SUPPORT_AGENT)
        _fill(self.manager, managers, model.manager)
        for place, select in enumerate(self.agents):
            known = model.agents
            _fill(select, agents, known[place] if place < len(known) else None)
        missing = [
            words
            for words, people in (("success managers", managers), ("support agents", agents))
            if not people
        ]
        self._people.setText(
            f"No {' and no '.join(missing)} known yet: add them under Colleagues, or import the people of "
            "your CRM and support desk."
            if missing
            else ""
        )
        self._people.setVisible(bool(missing))

    @Slot()
    def _on_pod_changed(self) -> None:
        pod = self.model.pod
        if pod is None:
            return
        top = {row.account_id for row in self._all_rows()}
        chosen = sum(one in top for one in pod.account_ids)
        self._editor.set_title(pod.name, "kept as you change it")
        self._accounts.set_sub(f"{count(chosen, 'account')} in the pod; sites come with their parent")
        self._rows.set_rows(self._rows.rows)
        self._filter()

    @Slot()
    def _show_accounts(self) -> None:
        self._rows.set_rows(self._all_rows())
        self._filter()

    def _all_rows(self) -> tuple[PortfolioRow, ...]:
        snapshot = self._context.portfolio.snapshot
        return snapshot.top_level if snapshot is not None else ()

    @Slot()
    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        only = self.shown.value() == _CHOSEN
        self._rows.set_filter(
            lambda row: (
                all(word in row.name.casefold() for word in words)
                and (not only or self._is_chosen(row.account_id))
            )
        )

    def _is_chosen(self, account_id: AccountId) -> bool:
        pod = self.model.pod
        return pod is not None and account_id in pod.account_ids

    @Slot(object)
    def _on_toggled(self, account_id: object) -> None:
        self.model.toggle(AccountId(int(str(account_id))))

    @Slot(object)
    def _on_which(self, pod_id: object) -> None:
        self.autosave.flush()
        self.name.clearFocus()
        self.model.choose(PodId(int(str(pod_id))))

    @Slot()
    def _on_add(self) -> None:
        self.autosave.flush()
        self.name.clearFocus()
        self.model.add()

    @Slot()
    def _on_name(self) -> None:
        self._name_row.set_fault(self.model.name_problem(self.name.text()))
        self.autosave.touch()

    def _save_name(self) -> bool:
        if self.model.name_problem(self.name.text()):
            return False
        self.model.rename(self.name.text())
        self.autosave.forget()
        return True

    @Slot()
    def _on_members(self) -> None:
        self.model.set_members(_person(self.manager), [_person(one) for one in self.agents])

    @Slot()
    def _on_rates(self) -> None:
        from convergedesk.desktop.rates_dialog import RatesDialog

        dialog = RatesDialog(self, self._context)
        dialog.accepted.connect(self.model.ask_offer)
        dialog.open()

    @Slot()
    def _on_offered(self) -> None:
        if self.model.offer is not None:
            self.offer.show_offer(self.model.offer)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.model.book is not None:
            self._context.notify(sentence_of(error), tone="critical")
            return
        state = error_state("Pods could not be read", error, fix="Try again")
        state.fix_clicked.connect(self.model.reload)
        self._body.show_instead(state)


def _fill(select: Select, people: tuple[Person, ...], chosen: PersonId | None) -> None:
    select.blockSignals(True)
    select.set_options([(_NOBODY, "Nobody yet"), *((one.id, one.name) for one in people)])
    select.set_value(chosen or _NOBODY)
    select.blockSignals(False)


def _person(select: Select) -> PersonId | None:
    value = select.value()
    return PersonId(value) if isinstance(value, int) and value != _NOBODY else None
