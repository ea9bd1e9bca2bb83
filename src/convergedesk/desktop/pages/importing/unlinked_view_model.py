"""Outside names that wait for their account, and what is decided about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.figures.wording import count
from convergedesk.workspace import links

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.links import AccountKeyLink, LinkChange, LinkDecision, UnlinkedKey
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace

    Decide = Callable[[Workspace], tuple[LinkChange, Changes]]


@dataclass(frozen=True, slots=True)
class UnlinkedState:
    """What the Unlinked tab shows.

    Attributes:
        keys: Outside names that wait, most rows first.
        decisions: What was decided, newest first.
    """

    keys: tuple[UnlinkedKey, ...]
    decisions: tuple[LinkDecision, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is kept.

    Attributes:
        sentence: What happened, for the notice.
        undo: Takes it back, or None where it was itself a taking back.
    """

    sentence: str
    undo: Callable[[], None] | None


class UnlinkedViewModel(QObject):
    """State and commands of the Unlinked tab; every decision can be undone.

    Signals:
        loading: A reading began.
        loaded: An `UnlinkedState`.
        keys_loaded: (account id, tuple of the names under which it is known), for splitting.
        decided: A `Decided`.
        failed: An exception, from reading.
        refused: An exception, from a decision.
    """

    loading = Signal()
    loaded = Signal(object)
    keys_loaded = Signal(object, object)
    decided = Signal(object)
    failed = Signal(object)
    refused = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self._state: UnlinkedState | None = None
        self._reading: JobHandle | None = None
        context.changes.published.connect(self.apply_changes)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def state(self) -> UnlinkedState | None:
        """What was read last, or None before the first answer."""
        return self._state

    def open(self) -> None:
        """Read the list if it was not read yet."""
        if self._state is None:
            self._read()

    def reload(self) -> None:
        """Read again, if it was ever read."""
        if self._state is not None:
            self._read()

    def apply_changes(self, changes: Changes) -> None:
        """Read again when links may have changed."""
        if "links" in changes.kinds:
            self.reload()

    def load_keys(self, account_id: AccountId) -> None:
        """Read the names under which an account is known."""
        self._context.jobs.submit(
            partial(_keys, self._context, account_id), on_done=self._on_keys, on_error=self._on_refused
        )

    def link(self, key: UnlinkedKey, account_id: AccountId, account_name: str) -> None:
        """Say that an outside name is this account."""
        sentence = f"“{key.link.label}” is {account_name}"
        self._decide(lambda workspace: links.link(workspace, key.key_id, account_id), sentence)

    def create_account(self, key: UnlinkedKey, name: str) -> None:
        """Make an account for an outside name."""
        sentence = f"Account “{name}” created"
        self._decide(lambda workspace: links.create_account_for(workspace, key.key_id, name=name), sentence)

    def ignore(self, key: UnlinkedKey) -> None:
        """Hide an outside name; its rows stay."""
        self._decide(lambda workspace: links.ignore(workspace, key.key_id), f"“{key.link.label}” is ignored")

    def merge(self, keep: tuple[AccountId, str], merged: tuple[AccountId, str]) -> None:
        """Make two accounts one; the second disappears into the first."""
        self._decide(
            lambda workspace: links.merge(workspace, keep=keep[0], merged=merged[0]),
            f"{merged[1]} is now part of {keep[1]}",
        )

    def split(self, account: tuple[AccountId, str], key_ids: Sequence[int], name: str) -> None:
        """Move some outside names, with their rows, to a new account."""
        chosen = tuple(key_ids)
        self._decide(
            lambda workspace: links.split(workspace, account[0], chosen, name=name),
            f"“{name}” was split off {account[1]}",
        )

    def undo(self, decision_id: int) -> None:
        """Take a decision back."""
        self._decide(
            lambda workspace: links.undo(workspace, decision_id), "The decision is taken back", undoable=False
        )

    def _decide(self, decide: Decide, sentence: str, *, undoable: bool = True) -> None:
        def work(_job: JobContext) -> tuple[Decided, Changes]:
            change, changes = decide(self._context.workspace())
            undo = None
            if undoable and change.decision_id is not None:
                undo = partial(self.undo, change.decision_id)
            said = f"{sentence}, {count(change.rows, 'row')} came in" if change.rows else sentence
            return Decided(said, undo), changes

        self._context.jobs.submit(work, write=True, on_done=self._on_decided, on_error=self._on_refused)

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self.loading.emit()
        self._reading = self._context.jobs.submit(
            partial(_read, self._context), on_done=self._on_read, on_error=self._on_failed
        )

    def _on_read(self, state: UnlinkedState) -> None:
        self._state = state
        self.loaded.emit(state)

    def _on_keys(self, answer: tuple[AccountId, tuple[AccountKeyLink, ...]]) -> None:
        self.keys_loaded.emit(*answer)

    def _on_decided(self, answer: tuple[Decided, Changes]) -> None:
        decided, changes = answer
        self.decided.emit(decided)
        self._context.changes.publish(changes)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _on_refused(self, error: Exception) -> None:
        self.refused.emit(error)


def _read(context: PageContext, _job: JobContext) -> UnlinkedState:
    workspace = context.workspace()
    return UnlinkedState(links.unlinked_keys(workspace), links.link_decisions(workspace))


def _keys(
    context: PageContext, account_id: AccountId, _job: JobContext
) -> tuple[AccountId, tuple[AccountKeyLink, ...]]:
    return account_id, links.account_keys(context.workspace(), account_id)
