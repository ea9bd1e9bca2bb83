"""Links pages and hands them to the workspace; at the end of a run, links what came too early."""

from __future__ import annotations

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.intake import LinkedPage
from convergedesk.domain.links import AccountKeyLink
from convergedesk.domain.records import (
    AccountKey,
    AccountRecord,
    EntityKind,
    Record,
    RecordPage,
    TicketMessageRecord,
)
from convergedesk.store.apply.writer import ImportWriter
from convergedesk.sync.clean import clean_page
from convergedesk.sync.late import link_late
from convergedesk.sync.linking import Linker


class PageApplier:
    """Puts the pages of one run into the workspace."""

    def __init__(self, writer: ImportWriter) -> None:
        """Begin with what the workspace knows now."""
        self._writer = writer
        self._linker = Linker(writer.load())

    def apply(self, page: RecordPage) -> None:
        """Link a page and commit it."""
        page = clean_page(page)
        linker = self._linker
        if page.entity is EntityKind.ACCOUNTS:
            links = tuple(
                linker.link_account(record, page.system, page.source)
                for record in page.records
                if isinstance(record, AccountRecord)
            )
        elif page.usage is not None:
            links = tuple(self._link(key, page) for key in page.usage.accounts)
        else:
            links = tuple(self._link(_key_of(record), page) for record in page.records)
        outcome = self._writer.apply(LinkedPage(page, links, linker.take_touched()))
        linker.accept(outcome.created, outcome.key_ids)
        for owner in outcome.subscriptions:
            linker.add_subscription(owner.source, owner.external_id, owner.account_id)

    def link_late(self) -> None:
        """Link the keys that can be linked now that everything is in, and pull their rows in."""
        # Read afresh: a person may have decided something in the meantime.
        self._linker = link_late(self._writer, found_accounts=True)

    def parents(self) -> dict[AccountId, AccountId]:
        """The parent of every account whose accounts list names one that is known."""
        found: dict[AccountId, AccountId] = {}
        for stated in self._writer.parents():
            key = AccountKey(stated.external_id, stated.domain, stated.name)
            parent = self._linker.account_of(key, stated.system, stated.source)
            if parent is not None and parent != stated.account_id:
                found[stated.account_id] = parent
        return found

    def _link(self, key: AccountKey | None, page: RecordPage) -> AccountKeyLink | None:
        if key is None:
            return None
        return self._linker.link(key, page.account_system or page.system, page.source)


def _key_of(record: Record) -> AccountKey | None:
    return None if isinstance(record, AccountRecord | TicketMessageRecord) else record.account
