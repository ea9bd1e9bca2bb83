"""A book of many small pages, for imports that are interrupted; also the program that imports it.

Run as a program it reads paths of workspaces from standard input. Each is imported into by a
process of its own, which says 'ready' and its number once the file is open; then 'ended' follows.
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from convergedesk.domain.records import EntityKind, RecordPage
from convergedesk.store.engine import open_workspace
from convergedesk.store.keys import Key
from convergedesk.sync.import_run import run_import
from tests.sync import pages as p

Row = TypeVar("Row")
KEY = Key.raw(bytes(range(32)))
_ACCOUNTS, _TICKETS, _DAYS = 30, 300, 40
_START = date(2026, 1, 1)


def _cut(rows: list[Row], size: int) -> Iterator[tuple[list[Row], bool]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size], start + size >= len(rows)


@cache
def pages() -> tuple[RecordPage, ...]:
    """The whole book, page by page."""
    return tuple(_pages())


def _pages() -> Iterator[RecordPage]:
    """Accounts come late, two usage files share days, and some rows name nobody."""
    owners = [p.key(f"A-{n}") if n % 5 else p.key(name=f"Company {n}") for n in range(_ACCOUNTS)]
    owners += [p.key(name="Nobody knows")]
    opened = datetime(2026, 1, 1, 9, tzinfo=UTC)
    tickets = [
        p.ticket(f"T-{n}", owners[n % len(owners)], n + 2, opened_at=opened + timedelta(hours=n))
        for n in range(_TICKETS)
    ]
    for rows, last in _cut(tickets, 40):
        yield p.page(EntityKind.TICKETS, rows, last=last, cursor=str(len(rows)))
    messages = [p.message(f"T-{n}", f"Text {n}", n + 2) for n in range(_TICKETS)]
    for rows, last in _cut(messages, 80):
        yield p.page(EntityKind.TICKET_MESSAGES, rows, last=last)
    accounts = [p.account(f"A-{n}", f"Company {n}", n + 2) for n in range(_ACCOUNTS)]
    for rows, last in _cut(accounts, 20):
        yield p.accounts(*rows, last=last)
    subscriptions = [
        p.subscription(f"S-{n}", p.key(f"A-{n % _ACCOUNTS}"), n + 2) for n in range(2 * _ACCOUNTS)
    ]
    for rows, last in _cut(subscriptions, 40):
        yield p.subscriptions(*rows, last=last)
    for stream, first in (("usage.csv", 0), ("more usage.csv", _DAYS - 3)):
        entries = [
            (p.key(subscription_id=f"S-{n}"), meter, _START + timedelta(first + day), float(n + day))
            for n in range(2 * _ACCOUNTS)
            for meter in ("events", "seats")
            for day in range(_DAYS)
        ]
        for start in range(0, len(entries), 1000):
            yield p.usage(
                entries[start : start + 1000], stream, first_line=start + 2, last=start + 1000 >= len(entries)
            )


def _import_into(path: Path) -> None:
    listed = pages()
    with open_workspace(path, KEY) as store:
        _say(f"ready {os.getpid()}")
        run_import(store, listed)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """For every workspace named on standard input, import the book in a process of its own."""
    pages()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _import_into(Path(line.rstrip("\n")))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        _say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
