"""What Home shows, read through an open store: the same reading as the first paint."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from convergedesk.domain.portfolio import HomeSnapshot
from convergedesk.store.first_paint import read_snapshot
from convergedesk.store.first_rows import KnownRows

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

    from convergedesk.store.engine import Store

_KIB = 16_000
_known: WeakKeyDictionary[Store, KnownRows] = WeakKeyDictionary()


def home_snapshot(store: Store, *, today: date) -> HomeSnapshot:
    """Everything that Home needs, from one transaction; it is read again after every edit.

    Args:
        store: The open workspace.
        today: The computer's day; a sample's own day comes before it.
    """
    with store.read() as connection:
        driver = cast("dbapi2.Connection", connection.connection.driver_connection)
        # All that Home reads of three thousand accounts stays decrypted between two readings.
        driver.execute(f"PRAGMA cache_size = -{_KIB}")
        return read_snapshot(driver, today=today, known=_known.setdefault(store, KnownRows()))
