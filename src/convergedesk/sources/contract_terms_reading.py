"""Reads the CSV files of `contract_terms`: every row that cannot be read is named with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from zoneinfo import available_timezones

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Entitlement,
    MeterPrice,
    PriceModel,
    PriceTier,
    Ramp,
    SlaTerm,
)
from convergedesk.domain.money import Money, is_currency_code, minor_digits
from convergedesk.domain.tickets import Priority
from convergedesk.domain.usage import MeterId
from convergedesk.sources.contract_terms import COLUMNS

_YES = {"yes", "true", "1", "y"}
_NO = {"no", "false", "0", "n", ""}


class _RowError(ValueError):
    """A row that cannot be read; the text is the plain reason."""


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
        row = _Row({name: (values.get(name) or "").strip() for name in COLUMNS})
        if not any(row.values.values()):
            continue
        key = (row["account"].casefold(), row["contract"].casefold())
        one = building.setdefault(key, _Building(reader.line_num, row["contract"]))
        try:
            one.take(row, reader.line_num, account_of, meter_of)
        except _RowError as error:
            one.broken = True
            rejects.append(TermsReject(reader.line_num, str(error)))
    found: list[StatedContract] = []
    for one in building.values():
        if one.head is None and not one.broken:
            rejects.append(
                TermsReject(one.line, f"“{one.name}” has no row of its own: its term is “contract”.")
            )
        elif one.head is not None and not one.broken:
            found.append(StatedContract(one.whole(one.head), one.amends, one.line))
        elif one.broken:
            rejects.append(TermsReject(one.line, f"“{one.name}” was left as it is, because of another row."))
    return ReadTerms(tuple(found), tuple(sorted(rejects, key=lambda reject: reject.line)))


class _Row:
    """A row's cells, read as what they should be."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self[name])
        except ValueError:
            raise _RowError(f"“{self[name]}” in “{name}” is no day such as 2026-04-03.") from None

    def number(self, name: str) -> Decimal:
        try:
            value = Decimal(self[name].replace(",", ""))
        except InvalidOperation:
            raise _RowError(f"“{self[name]}” in “{name}” is not a number.") from None
        if not value.is_finite() or value < 0:
            raise _RowError(f"“{self[name]}” in “{name}” cannot be.")
        return value

    def optional(self, name: str) -> Decimal | None:
        return self.number(name) if self[name] else None

    def share(self, name: str, most: int = 100) -> float:
        value = self.optional(name) or Decimal(0)
        if value > most:
            raise _RowError(f"“{self[name]}” in “{name}” is above {most}.")
        return float(value / 100)

    def whole(self, name: str) -> int | None:
        value = self.optional(name)
        if value is not None and value != value.to_integral_value():
            raise _RowError(f"“{self[name]}” in “{name}” is no whole number.")
        return None if value is None else int(value)

    def zone(self, name: str) -> str | None:
        if self[name] and self[name] not in available_timezones():
            raise _RowError(f"“{self[name]}” is no time zone such as Europe/Amsterdam.")
        return self[name] or None

    def flag(self, name: str) -> bool:
        word = self[name].casefold()
        if word not in _YES | _NO:
            raise _RowError(f"“{self[name]}” in “{name}” is neither yes nor no.")
        return word in _YES

    def minor(self, name: str, currency: str) -> int:
        value = self.optional(name) or Decimal(0)
        scaled = value.scaleb(minor_digits(currency))
        if scaled != scaled.to_integral_value():
            raise _RowError(f"“{self[name]}” in “{name}” has more decimal places than {currency} has.")
        return int(scaled)


@dataclass
class _Building:
    """A contract while its rows are read."""

    line: int
    name: str
    head: Contract | None = None
    amends: str | None = None
    broken: bool = False
    prices: dict[tuple[MeterId, date], MeterPrice] = field(
        default_factory=dict[tuple[MeterId, date], MeterPrice]
    )
    entitlements: list[Entitlement] = field(default_factory=list[Entitlement])
    commitments: list[Commitment] = field(default_factory=list[Commitment])
    sla_terms: list[SlaTerm] = field(default_factory=list[SlaTerm])

    def take(
        self,
        row: _Row,
        line: int,
        account_of: Callable[[str], AccountId | None],
        meter_of: Callable[[str], MeterId | None],
    ) -> None:
        term = row["term"].casefold()
        if term == "contract":
            self._take_head(row, line, account_of)
            return
        if self.head is None:
            raise _RowError("The row of the contract itself must come first.")
        if term == "price":
            self._take_price(row, self._meter(row["meter"], meter_of))
        elif term == "included":
            meter = self._meter(row["meter"], meter_of)
            self.entitlements.append(Entitlement(meter, row.day("from"), row.number("quantity")))
        elif term == "commitment":
            names = [name.strip() for name in row["meter"].split(";") if name.strip()]
            self._take_commitment(row, tuple(self._meter(name, meter_of) for name in names))
        elif term == "step":
            self._take_step(row)
        elif term == "service":
            self._take_service(row)
        else:
            raise _RowError(
                f"“{row['term']}” is no term: write contract, price, included, commitment, step or service."
            )

    def whole(self, head: Contract) -> Contract:
        """The contract with all terms that were read."""
        return replace(
            head,
            prices=tuple(self.prices.values()),
            entitlements=tuple(self.entitlements),
            commitments=tuple(self.commitments),
            sla_terms=tuple(self.sla_terms),
        )

    def _take_head(self, row: _Row, line: int, account_of: Callable[[str], AccountId | None]) -> None:
        if self.head is not None:
            raise _RowError(f"“{self.name}” is stated twice.")
        account_id = account_of(row["account"])
        if account_id is None:
            raise _RowError(f"No account is called “{row['account']}”.")
        currency = row["currency"].upper()
        if not row["contract"]:
            raise _RowError("The contract has no name.")
        if not is_currency_code(currency):
            raise _RowError(f"“{row['currency']}” is no currency such as EUR.")
        ends_on = row.day("to") if row["to"] else None
        self.head = Contract(
            ContractId(0),
            account_id,
            None,
            row["contract"],
            row.day("from"),
            ends_on,
            currency,
            notice_days=row.whole("notice_days"),
            billing_zone=row.zone("billing_zone"),
        )
        self.amends = row["amends"] or None
        self.line = line

    def _meter(self, name: str, meter_of: Callable[[str], MeterId | None]) -> MeterId:
        meter = meter_of(name)
        if meter is None:
            raise _RowError(f"No meter is called “{name}”.")
        return meter

    @property
    def _currency(self) -> str:
        return self.head.currency if self.head is not None else ""

    def _take_price(self, row: _Row, meter: MeterId) -> None:
        word = row["model"].casefold() or PriceModel.GRADUATED.value
        if word not in {model.value for model in PriceModel}:
            raise _RowError(f"“{row['model']}” is no model: write graduated, volume, package or flat.")
        tier = PriceTier(
            row.optional("up_to"),
            row.number("unit_price"),
            row.minor("fee", self._currency),
            row.optional("package_size"),
        )
        key = (meter, row.day("from"))
        before = self.prices.get(key)
        if before is not None and before.model != word:
            raise _RowError("Tiers of one price state different models.")
        tiers = (*before.tiers, tier) if before is not None else (tier,)
        self.prices[key] = MeterPrice(meter, key[1], PriceModel(word), tiers)

    def _take_commitment(self, row: _Row, meters: tuple[MeterId, ...]) -> None:
        row.number("amount")
        self.commitments.append(
            Commitment(
                row.day("from"),
                row.day("to"),
                Money(row.minor("amount", self._currency), self._currency),
                meters,
                rollover_share=row.share("rollover_percent"),
                prepaid=row.flag("prepaid"),
                overage_share=row.share("overage_percent", 1_000),
            )
        )

    def _take_step(self, row: _Row) -> None:
        if not self.commitments:
            raise _RowError("A step needs its commitment in a row above it.")
        row.number("amount")
        step = Ramp(row.day("from"), Money(row.minor("amount", self._currency), self._currency))
        last = self.commitments[-1]
        self.commitments[-1] = replace(last, ramps=(*last.ramps, step))

    def _take_service(self, row: _Row) -> None:
        word = row["priority"].upper()
        if word and word not in Priority.__members__:
            raise _RowError(
                f"“{row['priority']}” is no priority: write urgent, high, normal, low or nothing."
            )
        self.sla_terms.append(
            SlaTerm(
                row.day("from"),
                int(Priority[word]) if word else None,
                row.whole("first_response_minutes"),
                row.whole("resolution_minutes"),
                row.share("credit_percent"),
                row.share("cap_percent"),
            )
        )
