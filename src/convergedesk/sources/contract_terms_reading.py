"""Reads the CSV files of `contract_terms`: every row that cannot be read is named with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from zoneinfo import available_timezones

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import Contract, PriceModel
from convergedesk.domain.contract_rows import ContractBuilder, TermsRowError
from convergedesk.domain.origins import AccountKey, Origin
from convergedesk.domain.term_records import ContractTerm, ContractTermRecord
from convergedesk.domain.tickets import Priority
from convergedesk.domain.usage import MeterId
from convergedesk.sources.contract_terms import COLUMNS

_YES = {"yes", "true", "1", "y"}
_NO = {"no", "false", "0", "n", ""}


@dataclass(frozen=True, slots=True)
class TermsReject:
    """A row, or a contract, that was not taken.

    Attributes:
        line: Line of the file, from 1.
        reason: In plain words.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class StatedContract:
    """A contract as a file states it.

    Attributes:
        contract: Its terms; `id` is 0 and `amends_id` None.
        amends: Name of the contract of the same account that it amends, or None.
        line: Line of its own row.
    """

    contract: Contract
    amends: str | None
    line: int


@dataclass(frozen=True, slots=True)
class ReadTerms:
    """What a file holds. A contract of which any row was rejected is not among them."""

    contracts: tuple[StatedContract, ...]
    rejects: tuple[TermsReject, ...]


def read_terms(
    text: str,
    account_of: Callable[[str], AccountId | None],
    meter_of: Callable[[str], MeterId | None],
) -> ReadTerms:
    """Reads the text of a file.

    Args:
        text: CSV with the columns of `COLUMNS`, in any order; commas, semicolons or tabs between them.
        account_of: The account that a name, domain or id means, or None.
        meter_of: The meter that a name or key means, or None.
    """
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    known = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
    missing = [name for name in ("account", "contract", "term", "from") if name not in known]
    if missing:
        return ReadTerms((), (TermsReject(1, f"The columns {', '.join(missing)} are missing."),))
    reader.fieldnames = known
    building: dict[tuple[str, str], _Building] = {}
    rejects: list[TermsReject] = []
    for values in reader:
        row = _Row({name: (values.get(name) or "").strip() for name in COLUMNS}, reader.line_num)
        if not any(row.values.values()):
            continue
        key = (row["account"].casefold(), row["contract"].casefold())
        one = building.setdefault(key, _Building(row.line, row["contract"]))
        try:
            record = row.record()
            if one.builder is None:
                account_id = account_of(row["account"])
                if account_id is None:
                    raise TermsRowError(f"No account is called “{row['account']}”.")
                one.builder = ContractBuilder(account_id, meter_of)
            one.builder.take(record)
            if record.term is ContractTerm.CONTRACT:
                one.line = row.line
        except TermsRowError as error:
            one.broken = True
            rejects.append(TermsReject(row.line, str(error)))
    found: list[StatedContract] = []
    for one in building.values():
        contract = one.builder.contract if one.builder is not None else None
        if one.builder is not None and contract is not None and not one.broken:
            found.append(StatedContract(contract, one.builder.amends, one.line))
        else:
            rejects.append(TermsReject(one.line, f"“{one.name}” was left as it is, because of another row."))
    return ReadTerms(tuple(found), tuple(sorted(rejects, key=lambda reject: reject.line)))


@dataclass
class _Building:
    """A contract while its rows are read."""

    line: int
    name: str
    builder: ContractBuilder | None = None
    broken: bool = False


class _Row:
    """A row's cells, read as what they should be."""

    def __init__(self, values: dict[str, str], line: int) -> None:
        self.values = values
        self.line = line

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def record(self) -> ContractTermRecord:
        """The row as what it states. Raises TermsRowError."""
        return ContractTermRecord(
            origin=Origin(self.line),
            account=AccountKey(name=self["account"]),
            contract=self["contract"],
            term=self._term(),
            day=self._day("from"),
            until=self._day("to") if self["to"] else None,
            currency=self["currency"].upper() or None,
            amends=self["amends"] or None,
            meters=tuple(name.strip() for name in self["meter"].split(";") if name.strip()),
            model=self._model(),
            up_to=self._number("up_to"),
            unit_price=self._number("unit_price"),
            fee=self._number("fee"),
            package_size=self._number("package_size"),
            quantity=self._number("quantity"),
            amount=self._number("amount"),
            rollover_percent=self._number("rollover_percent"),
            prepaid=self._flag("prepaid"),
            priority=self._priority(),
            first_response_minutes=self._whole("first_response_minutes"),
            resolution_minutes=self._whole("resolution_minutes"),
            credit_percent=self._number("credit_percent"),
            cap_percent=self._number("cap_percent"),
            overage_percent=self._number("overage_percent"),
            notice_days=self._whole("notice_days"),
            billing_zone=self._zone(),
        )

    def _term(self) -> ContractTerm:
        try:
            return ContractTerm(self["term"].casefold())
        except ValueError:
            raise TermsRowError(
                f"“{self['term']}” is no term: write contract, price, included, commitment, step or service."
            ) from None

    def _day(self, name: str) -> date:
        try:
            return date.fromisoformat(self[name])
        except ValueError:
            raise TermsRowError(f"“{self[name]}” in “{name}” is no day such as 2026-04-03.") from None

    def _number(self, name: str) -> Decimal | None:
        if not self[name]:
            return None
        try:
            value = Decimal(self[name].replace(",", ""))
        except InvalidOperation:
            raise TermsRowError(f"“{self[name]}” in “{name}” is not a number.") from None
        if not value.is_finite() or value < 0:
            raise TermsRowError(f"“{self[name]}” in “{name}” cannot be.")
        return value

    def _whole(self, name: str) -> int | None:
        value = self._number(name)
        if value is not None and value != value.to_integral_value():
            raise TermsRowError(f"“{self[name]}” in “{name}” is no whole number.")
        return None if value is None else int(value)

    def _flag(self, name: str) -> bool:
        word = self[name].casefold()
        if word not in _YES | _NO:
            raise TermsRowError(f"“{self[name]}” in “{name}” is neither yes nor no.")
        return word in _YES

    def _model(self) -> PriceModel | None:
        word = self["model"].casefold()
        if word and word not in {model.value for model in PriceModel}:
            raise TermsRowError(f"“{self['model']}” is no model: write graduated, volume, package or flat.")
        return PriceModel(word) if word else None

    def _priority(self) -> int | None:
        word = self["priority"].upper()
        if word and word not in Priority.__members__:
            raise TermsRowError(
                f"“{self['priority']}” is no priority: write urgent, high, normal, low or nothing."
            )
        return int(Priority[word]) if word else None

    def _zone(self) -> str | None:
        zone = self["billing_zone"]
        if zone and zone not in available_timezones():
            raise TermsRowError(f"“{zone}” is no time zone such as Europe/Amsterdam.")
        return zone or None
