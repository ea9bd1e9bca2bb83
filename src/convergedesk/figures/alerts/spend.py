"""What spend gives rise to: marks of a commitment that were passed, and months far above the usual one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import median

from convergedesk.domain.account_figures import CommitmentFigure, SpendFigure
from convergedesk.domain.alert_rules import AlertRule
from convergedesk.domain.alerts import AlertKind, Finding, Severity
from convergedesk.domain.billing import Commitment, Contract, Invoice, InvoiceState
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import Money
from convergedesk.figures.alerts.evidence import evidence
from convergedesk.figures.alerts.facts import AccountFacts, Facts, Moment
from convergedesk.figures.why import Why
from convergedesk.figures.wording import count, day, money, month, percent, short_day, short_money

_COUNTED = frozenset({InvoiceState.OPEN, InvoiceState.PAID, InvoiceState.UNCOLLECTIBLE})
_USUAL_MONTHS = 3
_WHOLE, _PACE = 100, 1.05
# A bill speaks of its month for so long.
_NEWS = timedelta(days=31)


def from_spend(facts: Facts, one: AccountFacts, now: Moment) -> Iterator[Finding]:
    """Everything of this kind that holds today: from what is used and forecast, invoiced or not."""
    if one.figures is None or not one.head:
        return
    rule = facts.book.rule_for(AlertKind.COMMITMENT, one.id)
    if rule is not None:
        for commitment in one.figures.commitments:
            found = _mark(rule, one, _Term.of(commitment), now)
            if found is not None:
                yield found
    shock = facts.book.rule_for(AlertKind.BILL_SHOCK, one.id)
    if shock is not None:
        for spend in one.figures.spend:
            yield from _shock(shock, one, spend)


def from_invoices(facts: Facts, one: AccountFacts, now: Moment) -> Iterator[Finding]:
    """The same as of a past day, from what was invoiced by then: forecasts of past days are not kept."""
    if not one.head:
        return
    known = [i for i in one.invoices if i.state in _COUNTED and i.issued_on <= now.day]
    rule = facts.book.rule_for(AlertKind.COMMITMENT, one.id)
    if rule is not None:
        for contract in one.contracts:
            for place, commitment in enumerate(contract.commitments):
                if commitment.starts_on <= now.day <= commitment.ends_on:
                    found = _mark(rule, one, _Term.billed(contract, place, commitment, known), now)
                    if found is not None:
                        yield found
    shock = facts.book.rule_for(AlertKind.BILL_SHOCK, one.id)
    if shock is not None:
        yield from _billed_shock(shock, one, known, now)


class _Term:
    """As much of a commitment as a mark needs."""

    def __init__(self, key: str, contract: str, promise: Money, used: Money, span: tuple[date, date]) -> None:
        self.key = key
        self.contract = contract
        self.promise = promise
        self.used = used
        self.starts_on, self.ends_on = span
        self.rows: list[tuple[str, str]] = []
        self.known: list[tuple[str, str]] = []
        self.outlook = ""

    @classmethod
    def of(cls, kept: CommitmentFigure) -> _Term:
        term = cls(
            f"commitment:{kept.contract_id}:{kept.place}",
            kept.contract,
            kept.promise,
            kept.used,
            (kept.starts_on, kept.ends_on),
        )
        term.rows = [
            ("Billed", money(kept.billed)),
            ("Accrued, not yet invoiced", money(kept.accrued)),
            ("Expected by now", money(kept.expected_by_now)),
        ]
        if kept.exhausted is not None and kept.days_early:
            term.outlook = f"ends about {short_day(kept.exhausted)}, {count(kept.days_early, 'day')} early"
            span = [d for d in (kept.exhausted_earliest, kept.exhausted_latest) if d is not None]
            if len(span) == 2:
                likely = f"likely {short_day(span[0])} to {short_day(span[1])}"
                term.known.append(
                    ("hourglass-medium", f"The promise is reached about {day(kept.exhausted)}, {likely}")
                )
        if kept.overage is not None and kept.overage.middle.minor_units > 0:
            term.known.append(("receipt", f"Estimated overage {short_money(kept.overage.middle)}"))
        if kept.change_to_last is not None and kept.change_to_last < 0:
            term.known.append(
                ("lightbulb", f"Usage {percent(-kept.change_to_last)} lower from now on would last the term")
            )
        return term

    @classmethod
    def billed(
        cls, contract: Contract, place: int, promised: Commitment, invoices: Sequence[Invoice]
    ) -> _Term:
        amount = promised.amount
        for ramp in promised.ramps:
            amount = ramp.amount
        used = sum(
            i.total.minor_units
            for i in invoices
            if i.total.currency == amount.currency
            and promised.starts_on <= (i.period_start or i.issued_on) <= promised.ends_on
        )
        term = cls(
            f"commitment:{contract.id}:{place}",
            contract.name,
            amount,
            Money(used, amount.currency),
            (promised.starts_on, promised.ends_on),
        )
        term.outlook = "from what was invoiced"
        return term


def _mark(rule: AlertRule, one: AccountFacts, term: _Term, now: Moment) -> Finding | None:
    if term.promise.minor_units <= 0:
        return None
    share = term.used.minor_units / term.promise.minor_units
    marks = sorted({rule.number(f"mark_{number}") for number in (1, 2, 3)} - {0})
    passed = [mark for mark in marks if share >= mark / 100]
    if not passed:
        return None
    mark = passed[-1]
    elapsed = ((now.day - term.starts_on).days) / max((term.ends_on - term.starts_on).days + 1, 1)
    time = percent(min(max(elapsed, 0.0), 1.0))
    # On its pace, a mark is worth knowing and no reason to disturb anybody.
    on_pace = mark < _WHOLE and share <= elapsed * _PACE
    why = Why(
        title="Commitment used",
        definition="What was used of the running commitment: billed, and accrued but not yet invoiced.",
        formula=f"{money(term.used)} used ÷ {money(term.promise)} committed = {percent(share)}",
        window=f"Term: {day(term.starts_on)} to {day(term.ends_on)}, {time} of it over.",
        rows=(("Contract", term.contract), *term.rows, ("Marks", ", ".join(f"{m} %" for m in marks))),
        figure=percent(share),
        uses=((SystemKind.BILLING, ""), (SystemKind.USAGE, "for what is not invoiced yet")),
    )
    return Finding(
        kind=rule.kind,
        account_id=one.id,
        subject=f"{term.key}:{mark}",
        day=term.starts_on,
        severity=Severity.INFO if on_pace else rule.severity,
        title=f"{mark} % of the commitment is used",
        sentence=f"{percent(share)} of the commitment used, {time} of the term over",
        detail=term.outlook or f"the term ends {short_day(term.ends_on)}",
        rule_id=rule.id,
        figures=evidence(
            why,
            [
                f"Spend passed the {mark} % mark",
                f"{time} of the term is over: {'on its pace' if on_pace else 'ahead of its pace'}",
            ],
            term.known,
            used=share,
            elapsed=elapsed,
            promise=short_money(term.promise),
        ),
    )


def _shock(rule: AlertRule, one: AccountFacts, spend: SpendFigure) -> Iterator[Finding]:
    rise = spend.rise
    if rise is None or spend.forecast is None or spend.usual is None:
        return
    if spend.days_over < rule.number("days") or rise < rule.number("rise") / 100:
        return
    likely = (
        ""
        if spend.low is None or spend.high is None
        else f"{short_money(spend.low)} to {short_money(spend.high)}"
    )
    # An interval that reaches down to the usual month is no news yet.
    if spend.low is not None and spend.low.minor_units <= spend.usual.minor_units:
        return
    driver = spend.driver
    known: list[tuple[str, str]] = []
    if driver is not None:
        rest = sum(meter.rise for meter in spend.meters if meter.rise > 0)
        share = driver.rise / rest if rest else 0.0
        known.append(("chart-line-up", f"{driver.name} drives {percent(share)} of the rise"))
    known.append(
        ("receipt", f"{money(spend.accrued)} accrued to {short_day(spend.through)}, not yet invoiced")
    )
    known.append(("lightbulb", "Tell the customer first: what drives it, and how to right-size"))
    why = Why(
        title="Bill shock",
        definition="What the month is heading for, against the median of the last three full months.",
        formula=(
            f"{money(spend.forecast)} forecast ÷ {money(spend.usual)} usual − 1 = "
            f"{percent(rise, signed=True)}"
        ),
        window=f"{month(spend.month)}, {spend.days_over} of {spend.days_in_month} days known.",
        rows=(
            ("Accrued, not yet invoiced", money(spend.accrued)),
            ("Forecast, likely", likely or "not known"),
            *((meter.name, short_money(meter.accrued)) for meter in spend.meters[:5]),
        ),
        interval="“Likely” is an 80 % interval: of ten such months about eight end within it."
        if likely
        else "",
        figure=percent(rise, signed=True),
        uses=((SystemKind.USAGE, ""), (SystemKind.BILLING, "for prices and usual months")),
    )
    yield Finding(
        kind=rule.kind,
        account_id=one.id,
        subject=f"month:{spend.month.isoformat()}:{spend.currency}",
        day=spend.month,
        severity=rule.severity,
        title="a bill far above the usual one is coming",
        sentence=f"Spend {percent(rise)} above its usual level",
        detail=f"bill shock: {driver.name} drives it" if driver is not None else f"likely {likely}",
        rule_id=rule.id,
        meter_id=None if driver is None else driver.meter_id,
        figures=evidence(
            why,
            [
                f"Forecast {short_money(spend.forecast)}, usual {short_money(spend.usual)}",
                f"Above the {rule.number('rise')} % of the rule",
                f"{spend.days_over} days of the month are known",
            ],
            known,
            rise=rise,
        ),
    )


def _billed_shock(
    rule: AlertRule, one: AccountFacts, known: Sequence[Invoice], now: Moment
) -> Iterator[Finding]:
    totals: dict[tuple[str, date], int] = {}
    issued: dict[tuple[str, date], date] = {}
    for invoice in known:
        when = (invoice.period_start or invoice.issued_on).replace(day=1)
        key = invoice.total.currency, when
        totals[key] = totals.get(key, 0) + invoice.total.minor_units
        issued[key] = max(issued.get(key, date.min), invoice.issued_on)
    for currency in sorted({currency for currency, _ in totals}):
        months = sorted(when for known_currency, when in totals if known_currency == currency)
        if len(months) <= _USUAL_MONTHS:
            continue
        last = months[-1]
        usual = median(totals[currency, when] for when in months[-1 - _USUAL_MONTHS : -1])
        if usual <= 0 or now.day > issued[currency, last] + _NEWS:
            continue
        rise = totals[currency, last] / usual - 1.0
        if rise < rule.number("rise") / 100:
            continue
        billed = Money(totals[currency, last], currency)
        before = money(Money(round(usual), currency))
        why = Why(
            title="Bill shock",
            definition="A month's bill, against the median of the three before.",
            formula=f"{money(billed)} ÷ {before} − 1 = {percent(rise, signed=True)}",
        )
        yield Finding(
            kind=rule.kind,
            account_id=one.id,
            subject=f"month:{last.isoformat()}:{currency}",
            day=last,
            severity=rule.severity,
            title="a bill far above the usual one",
            sentence=f"Spend {percent(rise)} above its usual level",
            detail=f"billed {short_money(billed)} for {month(last)}",
            rule_id=rule.id,
            figures=evidence(why, [f"Billed {money(billed)}"], rise=rise),
        )
