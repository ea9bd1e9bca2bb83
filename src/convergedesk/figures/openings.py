"""What could be earned or saved by a talk: under-used meters, growth, and commitments off pace, in money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from convergedesk.domain.account_figures import AccountFigures, CommitmentFigure, Missing, SpendFigure
from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.kinds import Lifecycle
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.usage import MeterId
from convergedesk.figures.account_words import why_commitment, why_spend
from convergedesk.figures.figure_ids import account_part, figure_id
from convergedesk.figures.under_use_book import (
    FLAGGED,
    INCONCLUSIVE,
    NEVER,
    REVIEW,
    UnderUseBook,
    UnderUsed,
    evidence,
    why_under_use,
)
from convergedesk.figures.why import Step, Why
from convergedesk.figures.wording import day, month, number, percent, short_money

_LEAST_RISE = 0.10
_MONTH = 365.0 / 12.0
FORECAST = "forecast"


class OpeningKind(StrEnum):
    """What kind of opening it is."""

    UNDER_USED = "under_used"
    NEVER_ADOPTED = "never_adopted"
    EXPANSION = "expansion"
    COMMITMENT_AHEAD = "commitment_ahead"
    COMMITMENT_BEHIND = "commitment_behind"


@dataclass(frozen=True, slots=True)
class Opening:
    """One reason to talk, with what it is worth.

    Attributes:
        account_id: The account; its sites are rolled up.
        account: Its name.
        kind: What kind.
        subject: What tells openings of one kind and account apart and stays the same: a meter's key, or a
            commitment's contract and place; '' for the account as a whole.
        meter_id: The meter, or None.
        title: Such as 'Replay' or 'Commitment top-up'.
        confidence: 'flagged', 'review', 'never_adopted', 'forecast' or 'inconclusive'.
        use: Units a month; None where it is not about a meter.
        median: The tier's median, units a month; None likewise.
        peers: Accounts of the tier that use the meter; None likewise.
        z: Robust distance from these; None likewise or where too few are alike.
        gap: Units a month; None likewise.
        value: What it is worth a month, with likely limits (80 %); None where not known.
        basis: What the value is, in words.
        evidence: One plain sentence.
        why: What stands behind it.
        missing: Why there is no value; empty where there is one.
    """

    account_id: AccountId
    account: str
    kind: OpeningKind
    subject: str
    meter_id: MeterId | None
    title: str
    confidence: str
    use: float | None
    median: float | None
    peers: int | None
    z: float | None
    gap: float | None
    value: MoneyRange | None
    basis: str
    evidence: str
    why: Why
    missing: str = ""

    @property
    def identity(self) -> tuple[AccountId, str, str]:
        """What decisions hang on: account, kind and subject."""
        return self.account_id, self.kind.value, self.subject


@dataclass(frozen=True, slots=True)
class Openings:
    """Every opening of the book.

    Attributes:
        rows: The surest and largest first.
        book: Use of every meter beside its tier, for the map of use.
        as_of: Last day with usage, or None.
        missing: What the book lacks to say more, and what would bring it.
    """

    rows: tuple[Opening, ...]
    book: UnderUseBook
    as_of: date | None
    missing: tuple[Missing, ...]


def openings_of(
    figures: Mapping[AccountId, AccountFigures], accounts: Sequence[Account], book: UnderUseBook
) -> Openings:
    """Collects the openings of every account that stands for itself."""
    known = {one.id for one in accounts}
    found: list[Opening] = [_under_used(one, book) for one in book.rows]
    for account in accounts:
        if account.parent_id in known or account.lifecycle is Lifecycle.CHURNED or account.gone_since:
            continue
        one = figures.get(account.id)
        if one is None:
            continue
        part = account_part(account.id, account.name)
        ahead: set[str] = set()
        for commitment in one.commitments:
            made = _commitment(account, commitment, part)
            if made is not None:
                found.append(made)
                ahead.add(commitment.promise.currency)
        found += [
            made
            for spend in one.spend
            if spend.currency not in ahead and (made := _expansion(account, spend, part)) is not None
        ]
    return Openings(tuple(sorted(found, key=_by_weight)), book, book.as_of, _missing(figures, book))


def _under_used(one: UnderUsed, book: UnderUseBook) -> Opening:
    never = one.use == 0.0
    return Opening(
        account_id=one.account_id,
        account=one.account,
        kind=OpeningKind.NEVER_ADOPTED if never else OpeningKind.UNDER_USED,
        subject=one.meter.key,
        meter_id=one.meter.meter_id,
        title=one.meter.name,
        confidence=one.confidence,
        use=one.use,
        median=one.median,
        peers=one.peers,
        z=one.z,
        gap=one.gap,
        value=one.value,
        basis="the gap to the tier's median × the contract's price at that volume, a month",
        evidence=evidence(one),
        why=why_under_use(one, book),
        missing=one.missing,
    )


def _commitment(account: Account, one: CommitmentFigure, part: str) -> Opening | None:
    """An overage ahead, or a rest that even likely use leaves."""
    months = max(((one.ends_on - one.through).days) / _MONTH, 1.0)
    ahead = one.overage is not None and one.overage.low.minor_units > 0
    behind = one.shortfall is not None and one.shortfall.low.minor_units > 0
    amount = one.overage if ahead else one.shortfall if behind else None
    if amount is None:
        return None
    if ahead:
        when = ""
        if one.exhausted is not None:
            over = one.exhausted <= one.through
            when = f" since {day(one.exhausted)}" if over else f" starts around {day(one.exhausted)}"
        words = f"overage{when}, {short_money(amount.middle)} by {day(one.ends_on)}"
        title, kind = "Commitment top-up", OpeningKind.COMMITMENT_AHEAD
        basis = "forecast use beyond the promise ÷ the months left of the term"
    else:
        rise = one.change_to_last
        more = (
            "" if rise is None or rise <= 0.0 else f"; use would have to rise by {percent(rise)} to use it up"
        )
        words = f"{short_money(amount.middle)} of the promise unused on {day(one.ends_on)}{more}"
        title, kind = "Commitment behind its pace", OpeningKind.COMMITMENT_BEHIND
        basis = "forecast rest of the promise ÷ the months left of the term"
    subject = f"{one.contract_id}:{one.place}"
    value = MoneyRange(*(_share(part_of, months) for part_of in (amount.middle, amount.low, amount.high)))
    ends = "beyond the promise" if ahead else "of the promise unused"
    steps = (
        Step(short_money(amount.middle), f"{ends} on {day(one.ends_on)}", "÷"),
        Step(number(round(months, 1)), "months left of the term", "="),
        Step(short_money(value.middle), "a month"),
    )
    why = _of_value(
        why_commitment(one, part), title, value, steps, figure_id("opportunity", part, kind, subject)
    )
    return _of_account(account, kind, subject, title, value, (basis, words), why)


def _share(amount: Money, months: float) -> Money:
    return Money(round(amount.minor_units / months), amount.currency)


def _expansion(account: Account, one: SpendFigure, part: str) -> Opening | None:
    """Growth beyond chance: even the lower likely limit of the month lies well above a usual one."""
    if one.low is None or one.forecast is None or one.high is None or one.usual is None:
        return None
    usual = one.usual.minor_units
    if usual <= 0 or one.low.minor_units < usual * (1.0 + _LEAST_RISE):
        return None
    driver = "" if one.driver is None else f"; {one.driver.name} adds most"
    words = (
        f"{month(one.month)} is forecast at {short_money(one.forecast)}, a usual month is "
        f"{short_money(one.usual)}{driver}"
    )
    value = MoneyRange(
        *(Money(amount.minor_units - usual, one.currency) for amount in (one.forecast, one.low, one.high))
    )
    basis, kind, title = "forecast of the month less a usual one", OpeningKind.EXPANSION, "Growing use"
    steps = (
        Step(short_money(one.forecast), f"forecast of {month(one.month)}", "−"),
        Step(short_money(one.usual), "in a usual month", "="),
        Step(short_money(value.middle), "a month"),
    )
    why = _of_value(why_spend(one, part), title, value, steps, figure_id("opportunity", part, kind))
    return _of_account(account, kind, "", title, value, (basis, words), why)


def _of_value(why: Why, title: str, value: MoneyRange, steps: tuple[Step, ...], named: str) -> Why:
    """What stands behind a commitment's or a month's figure, led by how the value a month follows from it."""
    said = " ".join(part for step in steps for part in (f"{step.value} {step.what}", step.then) if part)
    likely = f"{short_money(value.low)} to {short_money(value.high)}"
    return replace(
        why,
        title=f"{title}, a month",
        formula=said,
        figure=short_money(value.middle),
        figure_id=named,
        steps=steps,
        rows=(("Likely (80 %)", likely), *why.rows),
    )


def _of_account(
    account: Account,
    kind: OpeningKind,
    subject: str,
    title: str,
    value: MoneyRange,
    words: tuple[str, str],
    why: Why,
) -> Opening:
    basis, sentence = words
    return Opening(
        account_id=account.id,
        account=account.name,
        kind=kind,
        subject=subject,
        meter_id=None,
        title=title,
        confidence=FORECAST,
        use=None,
        median=None,
        peers=None,
        z=None,
        gap=None,
        value=value,
        basis=basis,
        evidence=sentence,
        why=why,
    )


def _by_weight(one: Opening) -> tuple[int, int, str]:
    order = {FLAGGED: 0, FORECAST: 0, NEVER: 0, REVIEW: 1, INCONCLUSIVE: 2}[one.confidence]
    return order, -(one.value.middle.minor_units if one.value is not None else 0), one.account


def _missing(figures: Mapping[AccountId, AccountFigures], book: UnderUseBook) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if not figures:
        found.append(Missing("Nothing is computed yet.", "It is computed while the program is open."))
    if book.as_of is None:
        found.append(Missing("No daily usage is known.", "Import usage by day and meter."))
    elif not book.compared:
        found.append(
            Missing(
                "No meter is used by eight accounts of one tier.",
                "More accounts of a tier, or tiers on the accounts, bring the comparison.",
            )
        )
    if figures and not any(one.commitments for one in figures.values()):
        found.append(Missing("No commitment runs.", "Contracts with commitments bring their pace."))
    if figures and not any(one.spend for one in figures.values()):
        found.append(Missing("No contract prices what is used.", "Contracts with prices bring money."))
    return tuple(found)
