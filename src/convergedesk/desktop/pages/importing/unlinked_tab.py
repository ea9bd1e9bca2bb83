"""The Unlinked tab: names from outside whose account is not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.faults import error_state, sentence_of
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.importing.decisions_card import DecisionsCard
from convergedesk.desktop.pages.importing.key_card import KeyCard
from convergedesk.desktop.pages.importing.link_dialogs import MergeDialog, NameDialog, PickDialog, SplitDialog
from convergedesk.desktop.pages.importing.link_words import outside_facts, system_name
from convergedesk.desktop.pages.importing.side import SideColumn
from convergedesk.desktop.pages.importing.unlinked_view_model import Decided, UnlinkedState, UnlinkedViewModel
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.cells import BadgeCell, TextCell, TwoLine, TwoLineCell
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.links import KeyState, UnlinkedKey
from convergedesk.figures.wording import count, number

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.links import AccountKeyLink

_SIDE = 400
_NOTHING = "Every row that came in belongs to an account."


class UnlinkedTab(QWidget):
    """Waiting names at the left; what one may mean, and what was decided, at the right.

    Signals:
        total_changed: How many names wait.
    """

    total_changed = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self.model = UnlinkedViewModel(context, self)
        self._splitting: SplitDialog | None = None
        self._rows: RowsModel[UnlinkedKey] = RowsModel(_columns(), id_of=lambda key: key.key_id, parent=self)
        self.table = TableView(self._rows, name="Names that wait for their account", click_opens=False)
        self.table.selected_id.connect(self._on_selected)
        self.key_card = KeyCard()
        self.key_card.link_clicked_for.connect(self.model.link)
        self.key_card.other_clicked.connect(self._on_other)
        self.key_card.create_clicked.connect(self._on_create)
        self.key_card.ignore_clicked.connect(self.model.ignore)
        self.decisions = DecisionsCard()
        self.decisions.undo_clicked.connect(self.model.undo)
        self._loading = Loading(self._content())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._loading)
        self.model.loading.connect(self._loading.start)
        self.model.loaded.connect(self._on_loaded)
        self.model.keys_loaded.connect(self._on_keys)
        self.model.decided.connect(self._on_decided)
        self.model.failed.connect(self._on_failed)
        self.model.refused.connect(self._on_refused)

    def open(self) -> None:
        """Read the list."""
        self.model.open()

    def focus_first(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    def _content(self) -> QWidget:
        merge = Button("Merge accounts…", small=True)
        merge.clicked.connect(self.ask_merge)
        split = Button("Split an account…", small=True)
        split.clicked.connect(self.ask_split)
        self._card = Card("Names that wait", flush=True)
        self._card.add_to_header(merge)
        self._card.add_to_header(split)
        self._card.add(self.table, 1)
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.key_card)
        column.addWidget(self.decisions)
        column.addStretch(1)
        side = SideColumn(_SIDE)
        inner = QVBoxLayout(side)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(ScrollArea(cards))
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._card, 1)
        row.addWidget(side)
        return content

    def _names(self) -> dict[AccountId, str]:
        return dict(self._pairs())

    def _pairs(self) -> list[tuple[AccountId, str]]:
        snapshot = self._context.portfolio.snapshot
        rows = snapshot.rows if snapshot is not None else ()
        return [(row.account_id, row.name) for row in rows]

    @Slot(object)
    def _on_loaded(self, state: UnlinkedState) -> None:
        before = self.table.current_id()
        self._rows.set_rows(state.keys)
        rows = sum(key.rows for key in state.keys)
        self._card.set_sub(
            f"{count(len(state.keys), 'name')} with {count(rows, 'row')}" if state.keys else ""
        )
        self.table.set_empty(None if state.keys else EmptyState("check-circle", "No name waits", _NOTHING))
        self.decisions.show_decisions(state.decisions, self._names())
        self.total_changed.emit(len(state.keys))
        kept = before if any(key.key_id == before for key in state.keys) else None
        first = state.keys[0].key_id if state.keys else None
        self.table.select_id(kept or first)
        self._on_selected(kept or first)
        self._loading.finish()

    @Slot(object)
    def _on_selected(self, key_id: object) -> None:
        key = next((key for key in self._rows.rows if key.key_id == key_id), None)
        self.key_card.show_key(key)

    @Slot(object)
    def _on_other(self, key: UnlinkedKey) -> None:
        dialog = PickDialog(self, f"Which account is “{key.link.label}”?", "Link", self._pairs())
        dialog.picked.connect(lambda account_id, name: self.model.link(key, account_id, name))
        dialog.open(dialog.search)

    @Slot(object)
    def _on_create(self, key: UnlinkedKey) -> None:
        dialog = NameDialog(self, "Create an account", key.link.name or key.link.label)
        dialog.named.connect(lambda name: self.model.create_account(key, name))
        dialog.open(dialog.name)

    @Slot()
    def ask_merge(self) -> None:
        """Ask which two accounts are one."""
        dialog = MergeDialog(self, self._pairs())
        dialog.chosen.connect(self.model.merge)
        dialog.open(dialog.keep)

    @Slot()
    def ask_split(self) -> None:
        """Ask which account is in truth several."""
        dialog = SplitDialog(self, self._pairs())
        self._splitting = dialog
        dialog.account_chosen.connect(self.model.load_keys)
        dialog.chosen.connect(self.model.split)
        dialog.accepted.connect(self._on_split_closed)
        dialog.rejected.connect(self._on_split_closed)
        dialog.open(dialog.account)

    @Slot(object, object)
    def _on_keys(self, account_id: AccountId, keys: tuple[AccountKeyLink, ...]) -> None:
        if self._splitting is not None:
            self._splitting.show_keys(account_id, keys)

    @Slot()
    def _on_split_closed(self) -> None:
        self._splitting = None

    @Slot(object)
    def _on_decided(self, decided: Decided) -> None:
        self._context.notify(decided.sentence, undo=decided.undo)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._context.notify(sentence_of(error), tone="critical")

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The waiting names could not be read", error)
        failure.fix_clicked.connect(self.model.open)
        self._loading.show_instead(failure)


def _columns() -> tuple[Column[UnlinkedKey], ...]:
    return (
        Column(
            key="label",
            title="Name outside",
            text=lambda key: key.link.label,
            value=lambda key: TwoLine(key.link.label, outside_facts(key.link)),
            cell=TwoLineCell(),
            sort_key=lambda key: key.link.label.casefold(),
            width=240,
            min_width=150,
            stretch=3,
        ),
        Column(
            key="system",
            title="System",
            text=lambda key: system_name(key.link.system),
            cell=TextCell(Role.BODY, "text_2"),
            sort_key=lambda key: key.link.system.value,
            width=96,
            min_width=76,
        ),
        Column(
            key="rows",
            title="Waiting rows",
            text=lambda key: number(key.rows),
            cell=TextCell(Role.MEDIUM),
            align="right",
            sort_key=lambda key: key.rows,
            descending_first=True,
            width=104,
            min_width=84,
        ),
        Column(
            key="suggestion",
            title="May be",
            text=lambda key: key.suggestions[0].account_name if key.suggestions else "no suggestion",
            value=_best,
            cell=TwoLineCell(Role.BODY),
            width=200,
            min_width=120,
            stretch=2,
        ),
        Column(
            key="state",
            title="",
            text=lambda key: "several fit" if key.link.state is KeyState.AMBIGUOUS else "not known",
            value=lambda key: (
                BadgeValue("several fit", "warning", "warning")
                if key.link.state is KeyState.AMBIGUOUS
                else BadgeValue("not known", "neutral", "question")
            ),
            cell=BadgeCell(),
            width=120,
            min_width=110,
        ),
    )


def _best(key: UnlinkedKey) -> TwoLine:
    if not key.suggestions:
        return TwoLine("\N{EN DASH}", title_tone="text_3")
    best = key.suggestions[0]
    return TwoLine(best.account_name, best.reason)
