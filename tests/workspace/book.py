"""A small book of business: one account with a site, its people, and us."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from convergedesk.domain.accounts import AccountId, PersonRole
from convergedesk.store import people
from convergedesk.store.keys import Key
from convergedesk.workspace.session import Workspace, create_workspace
from tests.store.rows import add_account

KEY = Key.raw(bytes(range(32)))
START = datetime(2026, 12, 10, 12, 50, tzinfo=UTC)


@dataclass
class TickingClock:
    """Moves on when a test says so."""

    instant: datetime = START

    def now(self) -> datetime:
        return self.instant

    def pass_(self, **time: float) -> None:
        self.instant += timedelta(**time)


@dataclass(frozen=True)
class Book:
    workspace: Workspace
    clock: TickingClock
    acme: AccountId
    site: AccountId


@contextmanager
def open_book(folder: Path) -> Generator[Book]:
    clock = TickingClock()
    with create_workspace(folder / "book.converge", KEY, name="Book", clock=clock) as workspace:
        store = workspace.store
        acme = add_account(store, "Acme", time_zone="Europe/Berlin", success_manager="Amira Haddad")
        site = add_account(store, "Acme Lisbon", parent_id=acme)
        for name, role in (("Ada Byron", PersonRole.CHAMPION), ("Bo Diaz", PersonRole.USER)):
            people.add_person(store, name, role, now=START, account_id=acme)
        for name, role in (
            ("Amira Haddad", PersonRole.SUCCESS_MANAGER),
            ("Priya Nair", PersonRole.SUPPORT_AGENT),
        ):
            people.add_person(store, name, role, now=START)
        yield Book(workspace, clock, acme, site)
