"""Actions across accounts: whose are shown, and what the page says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.figures.wording import count
from convergedesk.workspace.changes import Kind

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.engagement import AccountAction, AccountNote
    from convergedesk.workspace.changes import Changes

_KINDS = frozenset({Kind.ENGAGEMENT, Kind.ACCOUNTS, Kind.LINKS, Kind.PODS, Kind.PEOPLE})


class _Read(NamedTuple):
    actions: tuple[AccountAction, ...]
    author: str
    names: tuple[str, ...]
    mentions: tuple[AccountNote, ...]


class ActionsViewModel(QObject):
    """State and commands of the Actions page; follows the chosen pod.

    Signals:
        loading: The first reading is under way.
        changed: What is shown changed.
        failed: They could not be read; the exception.
    """

    loading = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `set_shown`."""
        super().__init__(parent)
        self._context = context
        self._read: _Read | None = None
        self._owner: str | None = None
        self._text = ""
        self._on_mentions = False
        self._shown = False
        self._stale = True
        self._reading: JobHandle | None = None
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self.reload)
        context.portfolio.pod_changed.connect(self._on_pod)

    @property
    def owner(self) -> str:
        """Whose actions are shown; empty for everybody's. At first one's own, where that is known."""
        if self._owner is not None:
            return self._owner
        mine = self._read.author if self._read is not None else ""
        owed = any(one.action.owner == mine for one in self.everybodys)
        named = any(mine in one.mentioned for one in self._of_pod)
        return mine if owed or named else ""

    @property
    def owners(self) -> tuple[str, ...]:
        """Who can be chosen: our people, and whoever owns an action."""
        if self._read is None:
            return ()
        named = (one.action.owner for one in self._read.actions)
        return tuple(dict.fromkeys(name for name in (*self._read.names, *named) if name))

    @property
    def everybodys(self) -> tuple[AccountAction, ...]:
        """All actions of the chosen pod's accounts."""
        if self._read is None:
            return ()
        if self._context.portfolio.pod is None:
            return self._read.actions
        accounts = {row.account_id for row in self._context.portfolio.rows}
        return tuple(one for one in self._read.actions if one.action.account_id in accounts)

    @property
    def _of_pod(self) -> tuple[AccountNote, ...]:
        if self._read is None:
            return ()
        if self._context.portfolio.pod is None:
            return self._read.mentions
        accounts = {row.account_id for row in self._context.portfolio.rows}
        return tuple(one for one in self._read.mentions if one.note.account_id in accounts)

    @property
    def mentions(self) -> tuple[AccountNote, ...]:
        """Notes that mention the chosen person, or anybody of us, and fit the search; newest first."""
        words = self._text.casefold().split()
        return tuple(
            one
            for one in self._of_pod
            if (not self.owner or self.owner in one.mentioned)
            and all(word in f"{one.note.body} {one.account_name}".casefold() for word in words)
        )

    @property
    def on_mentions(self) -> bool:
        """True while mentions are shown in the place of actions."""
        return self._on_mentions

    @Slot(object)
    def show_mentions(self, on: object) -> None:
        """Show mentions, or actions."""
        self._on_mentions = bool(on)
        if self._read is not None:
            self.changed.emit()

    @property
    def shown(self) -> tuple[AccountAction, ...]:
        """Those of the chosen owner that fit the search."""
        words = self._text.casefold().split()
        return tuple(
            one
            for one in self.everybodys
            if (not self.owner or one.action.owner == self.owner)
            and all(word in f"{one.action.title} {one.account_name}".casefold() for word in words)
        )

    @property
    def title(self) -> str:
        """What the page finds."""
        if self._on_mentions:
            return f"{count(len(self.mentions), 'mention')} in notes" if self.mentions else "No mentions"
        today = self._context.today()
        to_do = [one for one in self.shown if one.action.done_on is None]
        late = sum(one.action.days_overdue(today) > 0 for one in to_do)
        if not to_do:
            if self._text.strip():
                return "No open action fits"
            return "Nothing is owed" if self.everybodys else "Actions"
        if late:
            verb = "is" if late == 1 else "are"
            return f"{late} of {count(len(to_do), 'action')} {verb} overdue"
        return f"{count(len(to_do), 'open action')}, none overdue"

    @property
    def subtitle(self) -> str:
        """Whose, and how many are done lately."""
        if self._on_mentions:
            return f"notes in which {self.owner or 'somebody of us'} is mentioned, newest first"
        done = sum(one.action.done_on is not None for one in self.shown)
        whose = self.owner or "everybody"
        return f"{whose} · {done} done in the last 14 days" if done else whose

    def set_shown(self, shown: bool) -> None:
        """Whether anybody looks at the page."""
        self._shown = shown
        if shown and self._stale:
            self._submit()

    @Slot(object)
    def choose_owner(self, name: object) -> None:
        """Show one person's actions, or everybody's for an empty name."""
        self._owner = str(name or "")
        self.changed.emit()

    @Slot(str)
    def search(self, text: str) -> None:
        """Show what fits a text."""
        self._text = text
        if self._read is not None:
            self.changed.emit()

    @Slot()
    def reload(self) -> None:
        """Read again, or when the page is shown next."""
        self._stale = True
        if self._shown:
            self._submit()

    def _submit(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        if self._read is None:
            self.loading.emit()
        self._stale = False

        def work(_job: JobContext) -> _Read:
            from convergedesk.workspace.actions import all_actions
            from convergedesk.workspace.notes import all_mentions
            from convergedesk.workspace.people import our_names

            workspace = self._context.workspace()
            mentions = all_mentions(workspace)
            return _Read(all_actions(workspace), workspace.author, our_names(workspace), mentions)

        self._reading = self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_failed)

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        if changes.kinds & _KINDS:
            self.reload()

    @Slot(object)
    def _on_pod(self, _pod: object) -> None:
        if self._read is not None:
            self.changed.emit()

    def _on_read(self, read: _Read) -> None:
        self._read = read
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._stale = True
        self.failed.emit(error)
