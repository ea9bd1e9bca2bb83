"""The typed cells of one row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from convergedesk.domain.money import Money
from convergedesk.domain.records import AccountKey, Origin
from convergedesk.sources.casting.places import company_domain, parse_domain
from convergedesk.sources.files.mapping import FileMapping
from convergedesk.sources.files.typed_cells import Amount, Unreadable


class Row:
    """The typed cells of one row.

    Attributes:
        origin: Where the row stood.
        mapping: How its file is read.
    """

    def __init__(self, values: Mapping[str, object], origin: Origin, mapping: FileMapping) -> None:
        """Take the values by field key."""
        self._values = values
        self.origin = origin
        self.mapping = mapping

    def text(self, key: str) -> str | None:
        """A text or key, or None."""
        value = self._values.get(key)
        return value if isinstance(value, str) else None

    def day(self, key: str) -> date | None:
        """A day, or None."""
        value = self._values.get(key)
        return value if isinstance(value, date) else None

    def instant(self, key: str) -> datetime | None:
        """An instant in UTC, or None."""
        value = self._values.get(key)
        return value if isinstance(value, datetime) else None

    def whole(self, key: str) -> int | None:
        """A whole number, or None."""
        value = self._values.get(key)
        return value if isinstance(value, int) else None

    def number(self, key: str) -> Decimal | None:
        """A number, or None."""
        value = self._values.get(key)
        return value if isinstance(value, Decimal) else None

    def flag(self, key: str) -> bool | None:
        """Yes or no, or None."""
        value = self._values.get(key)
        return value if isinstance(value, bool) else None

    def value(self, key: str) -> object:
        """Whatever the field holds."""
        return self._values.get(key)

    def currency(self) -> str | None:
        """The currency of the row's money, or None."""
        return self.text("currency") or self.mapping.currency

    def money(self, key: str) -> Money | None:
        """Money, or None. Raises Unreadable where nobody states a currency."""
        value = self._values.get(key)
        return value.money(self.currency()) if isinstance(value, Amount) else None

    def account_or_none(self) -> AccountKey | None:
        """How the row names its account, or None."""
        external_id, name = self.text("account_id"), self.text("account_name")
        stated = self.text("account_domain")
        domain = (company_domain(stated) if "@" in stated else parse_domain(stated)) if stated else None
        for key in ("requester_email", "email"):
            domain = domain or company_domain(self.text(key) or "")
        subscription = self.text("subscription_id")
        if not (external_id or name or domain or subscription):
            return None
        return AccountKey(external_id, domain, name, subscription)

    def account(self) -> AccountKey:
        """How the row names its account. Raises Unreadable where it does not."""
        key = self.account_or_none()
        if key is None:
            raise Unreadable("missing", "The row names no account.")
        return key
