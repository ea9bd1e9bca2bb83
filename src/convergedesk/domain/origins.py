"""Where a row of a source stood, how it names its account, and why it was not taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stood.

    Attributes:
        line: Physical line (delimited files, counted from 1, the header included), or
            row (spreadsheets and columnar files, counted from 1).
        raw: The row as text, cut at 4,000 characters.
    """

    line: int
    raw: str = ""


@dataclass(frozen=True, slots=True)
class AccountKey:
    """How a row names its account; whatever the row states is filled in.

    Attributes:
        external_id: Id in the system of the row, or None.
        domain: Web domain or the domain of an e-mail address, or None.
        name: Company name, or None.
        subscription_id: Id of a subscription through which the account is found, or None.
    """

    external_id: str | None = None
    domain: str | None = None
    name: str | None = None
    subscription_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken, and why.

    Attributes:
        line: As in Origin.
        reason: In plain words, such as 'The date “31/31/2026” cannot be read.'
        raw: The row as text, cut at 4,000 characters.
        code: A short stable name for grouping: 'ragged', 'bad_date', 'bad_number',
            'missing', 'duplicate', 'unknown_account', 'ambiguous_account', 'encoding',
            'too_large', 'unclosed_quote', 'unknown_reference', 'empty', 'bad_value', 'held_back'.
        part_of: As in `ContractTermRecord`, where the row still says it.
    """

    line: int
    reason: str
    raw: str
    code: str
    part_of: str = ""
