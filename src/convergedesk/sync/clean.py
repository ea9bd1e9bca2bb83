"""Text that no file can hold, taken out of what identifies a row before it is linked.

Half a surrogate pair and NUL come out of hostile JSON and broken exports. In the fields of a row
they are a reason to refuse it; in its keys, where the rest depends on them, they are replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

from convergedesk.domain.records import AccountKey, AccountRecord, Origin, Record, RecordPage

Cleaned = TypeVar("Cleaned")

_KEY_FIELDS = ("number", "external_id", "ticket_number", "invoice_number")


def clean_page(page: RecordPage) -> RecordPage:
    """The page itself where all is well, else a copy that can be linked and kept."""
    if page.usage is not None:
        accounts = tuple(clean(key) for key in page.usage.accounts)
        meters = tuple(clean_text(meter) for meter in page.usage.meters)
        if accounts == page.usage.accounts and meters == page.usage.meters:
            return page
        return replace(page, usage=replace(page.usage, accounts=accounts, meters=meters))
    if all(_is_clean(record) for record in page.records):
        return page
    return replace(page, records=tuple(_clean_record(record) for record in page.records))


def clean_text(text: str) -> str:
    """The text without NUL, and with a replacement character for what is no character."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def clean(value: Cleaned) -> Cleaned:
    """A frozen value with every text in it cleaned, its parts included."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, AccountKey | AccountRecord | Origin):
        changed: dict[str, Any] = {
            field.name: cleaned
            for field in fields(value)
            if (cleaned := clean(getattr(value, field.name))) != getattr(value, field.name)
        }
        return replace(value, **changed) if changed else value
    return value


def _texts(record: Record) -> Iterable[str | None]:
    yield record.origin.raw
    for name in _KEY_FIELDS:
        yield getattr(record, name, None)
    key: AccountKey | None = getattr(record, "account", None)
    if key is not None:
        yield from (key.external_id, key.domain, key.name, key.subscription_id)


def _is_clean(record: Record) -> bool:
    if isinstance(record, AccountRecord):
        return clean(record) is record
    return all(text is None or clean_text(text) == text for text in _texts(record))


def _clean_record(record: Record) -> Record:
    if isinstance(record, AccountRecord):
        return clean(record)
    changed: dict[str, Any] = {"origin": clean(record.origin)}
    for name in (*_KEY_FIELDS, "account"):
        if hasattr(record, name):
            changed[name] = clean(getattr(record, name))
    return replace(record, **changed)
