"""What people changed, as a list that can be walked back and forth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NewType

from convergedesk.domain.accounts import AccountId

EditId = NewType("EditId", int)

KEPT: Final = timedelta(days=30)
"""For how long an edit can be taken back."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of 'Undo'.

    Attributes:
        id: Its number; later edits have larger ones, whatever the clock said.
        label: What was done, in plain words and the past tense.
        author: Who did it; empty where the workspace does not know.
        account_id: The account that it concerns, or None.
        account_name: That account's name; empty without an account.
        made_at: When, by the computer's clock of that moment, UTC.
        deletes: Whether something was deleted by it.
        undone: Whether it was taken back and can be done again.
        restored: Whether a later edit brought back what it deleted.
    """

    id: EditId
    label: str
    author: str
    account_id: AccountId | None
    account_name: str
    made_at: datetime
    deletes: bool
    undone: bool
    restored: bool


@dataclass(frozen=True, slots=True)
class Replayed:
    """An edit that was just taken back, done again or reversed.

    Attributes:
        edit: The edit.
        tables: The tables whose rows changed.
        accounts: The accounts that the rows belong to.
    """

    edit: Edit
    tables: frozenset[str]
    accounts: frozenset[AccountId]
