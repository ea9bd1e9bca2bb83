"""Ids of features and meters by the names that sources use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection

from convergedesk.domain.accounts import SystemKind
from convergedesk.store.tables import new_uid

_NOT_WORD = re.compile(r"[\W_]+")


def plain_key(text: str) -> str:
    """'Events delivered', 'events-delivered' and 'events_delivered' as one key."""
    return _NOT_WORD.sub("_", text.casefold()).strip("_") or text


def screen_name(key: str) -> str:
    """'events_delivered' as 'Events delivered'; what already has spaces or capitals stays."""
    if key != key.lower() or " " in key:
        return key
    words = _NOT_WORD.sub(" ", key).strip()
    return words[:1].upper() + words[1:] or key


class Lookups:
    """Finds or creates features and meters; remembers what it has seen during a run."""

    def __init__(self, source: str, now: int) -> None:
        """Nothing is read before it is asked for."""
        self._source = source
        self._now = now
        self._features: dict[str, int] = {}
        self._meters: dict[tuple[SystemKind, str], int] = {}

    def feature(self, connection: Connection, name: str | None) -> int | None:
        """The feature's id, created on first sight; None where none is named."""
        text = (name or "").strip()
        if not text:
            return None
        key = plain_key(text)
        if key not in self._features:
            rows = connection.exec_driver_sql("SELECT key, id FROM features").all()
            self._features = {row[0]: row[1] for row in rows}
        if key not in self._features:
            done = connection.exec_driver_sql(
                "INSERT INTO features (key, name) VALUES (?, ?) RETURNING id", (key, screen_name(text))
            )
            self._features[key] = done.scalar_one()
        return self._features[key]

    def meter(self, connection: Connection, system: SystemKind, name: str) -> int:
        """The meter's id. A meter of that name is shared between systems, created on first sight."""
        place = (system, name)
        if place not in self._meters:
            self._load_meters(connection, system)
        if place not in self._meters:
            self._meters[place] = self._add_meter(connection, system, name)
        return self._meters[place]

    def meters(self, connection: Connection, system: SystemKind, names: Iterable[str]) -> list[int]:
        """The ids of several meters, in their order."""
        return [self.meter(connection, system, name) for name in names]

    def _load_meters(self, connection: Connection, system: SystemKind) -> None:
        rows = connection.exec_driver_sql(
            "SELECT key, meter_id FROM meter_keys WHERE system = ? AND source = ?", (system, self._source)
        )
        self._meters.update({(system, row[0]): row[1] for row in rows})

    def _add_meter(self, connection: Connection, system: SystemKind, name: str) -> int:
        wanted = plain_key(name)
        known = connection.exec_driver_sql("SELECT key, name, id FROM meters ORDER BY id DESC").all()
        same = {plain: row[2] for row in known for plain in (plain_key(row[1]), plain_key(row[0]))}
        meter_id = same.get(wanted)
        if meter_id is None:
            meter_id = connection.exec_driver_sql(
                "INSERT INTO meters (uid, created_at, updated_at, key, name) VALUES (?, ?, ?, ?, ?) "
                "RETURNING id",
                (new_uid(), self._now, self._now, name, screen_name(name)),
            ).scalar_one()
        connection.exec_driver_sql(
            "INSERT INTO meter_keys (system, source, key, meter_id) VALUES (?, ?, ?, ?)",
            (system, self._source, name, meter_id),
        )
        return int(meter_id)
