"""How a price comes about, step by step, and what a draft would change, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from convergedesk.desktop.amounts import amount_text, round_text
from convergedesk.domain.billing import Contract, MeterPrice, PriceModel
from convergedesk.domain.money import Money
from convergedesk.domain.pricing import Quote, QuoteLine
from convergedesk.domain.tiers import TierSlice
from convergedesk.domain.usage import MeterId
from convergedesk.figures.wording import count, day, money, percent


def unit_price_text(price: Decimal, currency: str) -> str:
    """The price of one unit; below a tenth of the smallest coin as the price of a thousand."""
    if 0 < price < Decimal("0.01"):
        return f"{_plain(price * 1000, currency)} per 1,000"
    return _plain(price, currency)


def _plain(value: Decimal, currency: str) -> str:
    rounded = Money.of(value, currency)
    if rounded.amount == value:
        return money(rounded)
    return money(Money(0, currency)).removesuffix("0") + amount_text(value)


def working(line: QuoteLine) -> tuple[tuple[str, str], ...]:
    """(step, amount) of one line: what is included, then each tier."""
    currency = line.amount.currency
    steps: list[tuple[str, str]] = []
    if line.included:
        free = min(line.included, line.used.quantity)
        steps.append((f"{amount_text(free)} included", money(Money(0, currency))))
    steps += [(_slice_words(line.model, one, currency), _plain(one.amount, currency)) for one in line.slices]
    return tuple(steps)


def _slice_words(model: PriceModel, one: TierSlice, currency: str) -> str:
    price = unit_price_text(one.unit_price, currency)
    words = f"{round_text(one.units)} × {price}"
    if one.packages is not None:
        size = one.units / one.packages
        words = f"{amount_text(one.packages)} packages of {amount_text(size)} × {price}"
    if one.flat:
        words += f" + {_plain(one.flat, currency)} for the tier"
    if model is PriceModel.VOLUME:
        top = "up" if one.up_to is None else f"to {round_text(one.up_to)}"
        words += f" ({round_text(one.above)} {top})"
    return words


def draw_words(quote: Quote) -> tuple[str, ...]:
    """What commitments do with the charges."""
    found = [
        f"Prepaid credit of {money(one.opening)} pays for it while it lasts"
        if one.commitment.prepaid
        else f"Counts towards the commitment of {money(one.opening)}"
        for one in quote.draws
    ]
    found += [
        f"{money(one.beyond)} lies above the commitment and costs {percent(one.share)} more: "
        f"{money(one.amount)}"
        for one in quote.overages
    ]
    return tuple(found)


def differences(before: Contract | None, after: Contract, names: Mapping[MeterId, str]) -> tuple[str, ...]:
    """What saving would change, a line each."""
    if before is None:
        kind = "amendment" if after.amends_id is not None else "contract"
        return (f"A new {kind} from {day(after.starts_on)}",)
    found: list[str] = []
    if before.name != after.name:
        found.append(f"Name: “{before.name}” → “{after.name}”")
    if before.starts_on != after.starts_on:
        found.append(f"Starts {day(before.starts_on)} → {day(after.starts_on)}")
    if before.ends_on != after.ends_on:
        ends = [day(one.ends_on) if one.ends_on else "open end" for one in (before, after)]
        found.append(f"Ends {ends[0]} → {ends[1]}")
    if before.currency != after.currency:
        found.append(f"Currency {before.currency} → {after.currency}")
    if before.amends_id != after.amends_id:
        found.append("What it amends")
    found += _side_differences(before, after)
    found += _price_differences(before, after, names)
    for words, old, new in (
        ("Included quantities", before.entitlements, after.entitlements),
        ("Commitments", before.commitments, after.commitments),
        ("Service promises", before.sla_terms, after.sla_terms),
    ):
        if old != new:
            found.append(f"{words}: {_counted(old, new)}")
    return tuple(found)


def _side_differences(before: Contract, after: Contract) -> list[str]:
    found: list[str] = []
    if before.notice_days != after.notice_days:
        spans = [
            "none" if one.notice_days is None else count(one.notice_days, "day") for one in (before, after)
        ]
        found.append(f"Notice: {spans[0]} → {spans[1]}")
    if before.billing_zone != after.billing_zone:
        zones = [one.billing_zone or "the account's" for one in (before, after)]
        found.append(f"Billing zone: {zones[0]} → {zones[1]}")
    if before.signed_copy != after.signed_copy:
        names = ["none" if one.signed_copy is None else one.signed_copy.name for one in (before, after)]
        found.append(f"Signed copy: {names[0]} → {names[1]}")
    return found


def _counted(old: Sequence[object], new: Sequence[object]) -> str:
    return f"{len(old)} → {len(new)}" if len(old) != len(new) else "changed"


def _price_differences(before: Contract, after: Contract, names: Mapping[MeterId, str]) -> list[str]:
    old = {(price.meter_id, price.effective_from): price for price in before.prices}
    new = {(price.meter_id, price.effective_from): price for price in after.prices}
    found: list[str] = []
    for key in dict.fromkeys((*old, *new)):
        name = f"{names.get(key[0], 'Meter')} from {day(key[1])}"
        if key not in new:
            found.append(f"{name}: price taken out")
        elif key not in old:
            found.append(f"{name}: new price")
        elif old[key] != new[key]:
            found.append(f"{name}: {_tier_difference(old[key], new[key], after.currency)}")
    return found


def _tier_difference(old: MeterPrice, new: MeterPrice, currency: str) -> str:
    if old.model != new.model:
        return f"{old.model.value} → {new.model.value}"
    changed = [(one, other) for one, other in zip(old.tiers, new.tiers, strict=False) if one != other]
    if len(old.tiers) == len(new.tiers) and len(changed) == 1:
        one, other = changed[0]
        if one.unit_price != other.unit_price:
            return (
                f"{unit_price_text(one.unit_price, currency)} → {unit_price_text(other.unit_price, currency)}"
            )
    return "tiers changed"
