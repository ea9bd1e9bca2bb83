"""Contracts into a file and from one, as the person asks for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.saving import save
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.domain.accounts import AccountId
    from convergedesk.workspace.contract_files import ContractImport


class ContractFiles(QObject):
    """Export, import, and an example to fill in.

    Signals:
        rejected: Rows of an imported file that were not taken.
        failed: A file could not be read or written; the exception.
    """

    rejected = Signal(object)
    failed = Signal(object)

    def __init__(
        self, context: PageContext, account_of: Callable[[], AccountId | None], parent: QObject | None = None
    ) -> None:
        """`account_of` says whose contracts are exported."""
        super().__init__(parent)
        self._context = context
        self._account_of = account_of

    def export(self, path: Path) -> None:
        """Write the customer's contracts as a CSV file."""
        account_id = self._account_of()

        def work(_job: JobContext) -> Path:
            from convergedesk.workspace.contract_files import contracts_text

            text = contracts_text(self._context.workspace(), account_id)
            save(path, lambda target: target.write_text(text, "utf-8-sig", newline=""))
            return path

        self._context.jobs.submit(work, on_done=self._on_exported, on_error=self.failed.emit)

    def save_example(self, path: Path) -> None:
        """Write a made-up contract, for people to write their own after."""

        def work(_job: JobContext) -> Path:
            from convergedesk.workspace.contract_files import example

            text = example()
            save(path, lambda target: target.write_text(text, "utf-8-sig", newline=""))
            return path

        self._context.jobs.submit(work, on_done=self._on_exported, on_error=self.failed.emit)

    def take_in(self, path: Path) -> None:
        """Take in the contracts of a CSV file, of this customer and of others."""

        def work(_job: JobContext) -> ContractImport:
            from convergedesk.workspace.contract_files import import_contracts

            return import_contracts(self._context.workspace(), path)

        self._context.jobs.submit(work, write=True, on_done=self._on_taken_in, on_error=self.failed.emit)

    def _on_exported(self, path: Path) -> None:
        self._context.notify(f"Saved “{path.name}”")

    def _on_taken_in(self, done: ContractImport) -> None:
        words = (
            f"{count(done.added, 'contract')} added, {done.changed} changed, {done.unchanged} as they were"
        )
        self._context.edited(words, done.changes)
        if done.rejects:
            self.rejected.emit(done.rejects)
