"""What an account has, hardly uses, and that would help with the very ticket it wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.account_figures import AdoptionFigure, MeterAdoption
from convergedesk.domain.kinds import AccountId, SystemKind
from convergedesk.domain.tickets import Ticket, TicketMessage
from convergedesk.domain.usage import MeterId
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.why import Link, LinkKind, Why, WhyRow
from convergedesk.figures.wording import count, day, percent

MOST = 2
_SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]+")
# Words that say nothing of what a ticket is about.
_COMMON = frozenset(
    """
    about after again also anything because been before being both cannot could customer does done
    error every fail failed fails failing from have hello help here just like look made make month
    more most much need only open other over please problem question same since some start still
    such support than thank thanks that their them then there these they thing this ticket time
    today under until used user users using very want were what when where which while will with
    without would wrong year your
    """.split()  # noqa: SIM905 (a list of a hundred quoted words is not easier to read)
)
_LITTLE = 0.25
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "s", "y")


@dataclass(frozen=True, slots=True)
class Nudge:
    """Something to suggest to the customer.

    Attributes:
        title: What it is, such as 'Automatic retries'.
        sentence: Why it is suggested here, in plain words.
        why: What stands behind it.
    """

    title: str
    sentence: str
    why: Why


def spoken_of(
    ticket: Ticket, messages: Sequence[TicketMessage], adoption: AdoptionFigure | None
) -> tuple[tuple[MeterAdoption, tuple[str, ...]], ...]:
    """The meters of the contract whose names share a word with the ticket, and these words as written.

    Words that several of the meters share, such as 'events', tell nothing apart and do not count.
    """
    if adoption is None:
        return ()
    texts = [ticket.feature or "", ticket.title, *(one.body for one in messages if one.from_customer)]
    spoken = {stem: word for text in reversed(texts) for stem, word in _stems(text)}
    named = [{stem for stem, _ in _stems(meter.name)} for meter in adoption.meters]
    found: list[tuple[MeterAdoption, tuple[str, ...]]] = []
    for meter, stems in zip(adoption.meters, named, strict=True):
        own = [stem for stem in stems if sum(stem in others for others in named) == 1]
        shared = tuple(spoken[stem] for stem in sorted(own) if stem in spoken)
        if meter.entitled and shared:
            found.append((meter, shared))
    return tuple(found)


def nudges(
    ticket: Ticket,
    spoken: Sequence[tuple[MeterAdoption, tuple[str, ...]]],
    under_used: Mapping[MeterId, str],
    account_id: AccountId,
    as_of: date | None,
) -> tuple[Nudge, ...]:
    """What the account has, hardly uses, and the ticket speaks of. Nothing is suggested on a guess.

    Args:
        ticket: The ticket.
        spoken: From `spoken_of`.
        under_used: Meters that it uses less than similar accounts do, each with the evidence.
        account_id: The account.
        as_of: Last day with usage.
    """
    found: list[Nudge] = []
    for meter, words in spoken:
        use = _use(meter, under_used.get(meter.meter_id, ""))
        if use:
            found.append(_nudge(ticket, meter, words, use, account_id, as_of))
    return tuple(found[:MOST])


def _nudge(
    ticket: Ticket,
    meter: MeterAdoption,
    shared: Sequence[str],
    used: str,
    account_id: AccountId,
    as_of: date | None,
) -> Nudge:
    words = ", ".join(f"“{word}”" for word in dict.fromkeys(shared))
    sentence = f"{meter.name} is in their contract and {used}. This ticket speaks of {words}."
    rows = [("In the contract", "yes"), ("Used in the last 28 days", _units(meter.units_28, meter.unit))]
    if meter.first_used is not None:
        rows.append(("First used", day(meter.first_used)))
    why = Why(
        title=f"Worth suggesting: {meter.name}",
        definition=(
            "Something that the contract includes, that the account does not use, and whose name shares a "
            "word with this ticket's feature, title or what the customer wrote."
        ),
        formula=f"in the contract, {used}, and the ticket speaks of {words}",
        rows=tuple(rows),
        caution="A suggestion by words, not by understanding: read the ticket before passing it on.",
        as_of="" if as_of is None else f"Usage is known up to {day(as_of)}.",
        figure=meter.name,
        figure_id=figure_id("ticket", ticket.number, "nudge", meter.key),
        behind=(
            WhyRow("What this account uses", "Adoption", Link(LinkKind.ACCOUNT, account_id, "adoption")),
        ),
        uses=((SystemKind.USAGE, "for what is used"), (SystemKind.BILLING, "for what is included")),
    )
    return Nudge(meter.name, sentence, why)


def _use(meter: MeterAdoption, evidence: str) -> str:
    """Why it counts as hardly used; empty where it does not."""
    if meter.last_used is None:
        return "has never been used"
    if meter.state != "in use":
        return f"was last used on {day(meter.last_used)}"
    if meter.depth is not None and meter.depth < _LITTLE:
        return f"is used to {percent(meter.depth)} of what is included"
    return f"is used less than by similar accounts ({evidence})" if evidence else ""


def _units(quantity: float | None, unit: str) -> str:
    if not quantity:
        return "none"
    return count(round(quantity), unit or "unit")


def _stems(text: str) -> Iterable[tuple[str, str]]:
    for word in _WORD.findall(text):
        low = word.casefold()
        if len(low) >= _SHORTEST and low not in _COMMON:
            yield _stem(low), word


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
