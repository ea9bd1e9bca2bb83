"""What one tab reads of an account for itself: when it is first shown, and again when it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import AccountId
    from convergedesk.workspace.changes import Changes, Kind
    from convergedesk.workspace.session import Workspace


class OwnReading(QObject):
    """Reads again at once while its tab is shown, and otherwise when it is shown next.

    Signals:
        loading: Another account's is being read.
        loaded: What was read.
        failed: The exception.
    """

    loading = Signal()
    loaded = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        context: PageContext,
        read: Callable[[Workspace, AccountId, bool], Any],
        kinds: frozenset[Kind],
        parent: QObject | None = None,
    ) -> None:
        """`read` runs in a job, and is told whether sites count; `kinds` are what it depends on."""
        super().__init__(parent)
        self._context = context
        self._read = read
        self._kinds = kinds
        self._account_id: AccountId | None = None
        self._with_sites = True
        self._value: Any = None
        self._shown = False
        self._stale = True
        self._reading: JobHandle | None = None
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def account_id(self) -> AccountId | None:
        """Whose, or None before the first."""
        return self._account_id

    @property
    def value(self) -> Any:
        """What was read last, or None before the first answer."""
        return self._value

    def show_account(self, account_id: AccountId, *, with_sites: bool = True) -> None:
        """Read an account, with its sites or alone; nothing happens where it is there already."""
        if account_id != self._account_id:
            self._value = None
        if (account_id, with_sites) != (self._account_id, self._with_sites):
            self._account_id, self._with_sites = account_id, with_sites
            self.reload()

    def set_shown(self, shown: bool) -> None:
        """Whether anybody looks at it."""
        self._shown = shown
        if shown and self._stale:
            self._submit()

    @Slot()
    def reload(self) -> None:
        """Read it again, or when it is shown next."""
        self._stale = True
        if self._shown:
            self._submit()

    def _submit(self) -> None:
        if self._account_id is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        if self._value is None:
            self.loading.emit()
        self._stale = False
        account_id, with_sites = self._account_id, self._with_sites

        def work(_job: JobContext) -> object:
            return self._read(self._context.workspace(), account_id, with_sites)

        self._reading = self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_failed)

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        # Sites count for their parent, so any account may concern this one.
        if changes.kinds & self._kinds:
            self.reload()

    def _on_read(self, value: object) -> None:
        self._value = value
        self.loaded.emit(value)

    def _on_failed(self, error: Exception) -> None:
        self._stale = True
        self.failed.emit(error)
