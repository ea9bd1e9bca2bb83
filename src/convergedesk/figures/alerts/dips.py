"""Dips: raised by the daily queue, and held until value is restored."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.alerts import AlertKind, Finding
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import MeterId
from convergedesk.figures.alerts.evidence import evidence
from convergedesk.figures.alerts.facts import AccountFacts, Facts
from convergedesk.figures.alerts.looks import QUEUE, Asked, nearest_ticket
from convergedesk.figures.episodes import finite
from convergedesk.figures.people import lost_roles
from convergedesk.figures.why import Why
from convergedesk.figures.wording import count, day, number, percent, short_day
from convergedesk.insights.dip_watch import LONGEST_DIP
from convergedesk.insights.effects import Effect

DIPS = frozenset({AlertKind.DIP_AFTER_TICKET, AlertKind.SILENT_DIP})
SUBJECT = "dip"
RESTORED = "value restored"
# Restoration is known once the seven days that show it are over.
_CONFIRMED_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OpenDip:
    """A dip that was found and is not over.

    Attributes:
        kind: After a support interaction, or silent.
        account_id: Whose.
        onset: Its first day.
        meter_id: The meter that fell; None for the total.
        ticket_id: The ticket that it goes with, or None.
        looks: (days, estimate) of the looks that found it.
        also: (meter, estimate) of the other meters that fell then.
    """

    kind: AlertKind
    account_id: AccountId
    onset: date
    meter_id: MeterId | None
    ticket_id: TicketId | None
    looks: tuple[tuple[int, float], ...] = ()
    also: tuple[tuple[MeterId | None, float], ...] = ()


def new_dip(
    facts: Facts, one: AccountFacts, asked: Iterable[Asked], today: date, *, ended: date | None = None
) -> OpenDip | None:
    """The dip that an account's questions found on a day, where a rule wants to be told of it.

    Args:
        facts: What holds for all accounts.
        one: The account.
        asked: Its questions that the queue let through.
        today: The workspace's day.
        ended: The day on which its last dip was known to be over; what that one took is not found again.
    """
    watch = one.watch
    if watch is None:
        return None
    # The question whose days reach back furthest sees the whole dip; later ones see its second half.
    for found in sorted(asked, key=lambda a: (a.first, a.p_value)):
        if found.row is None:
            continue
        if ended is not None and one.study.day(found.first) < ended - _CONFIRMED_WITHIN:
            continue
        end = min(one.study.index(today), one.study.usage.days)
        onset = one.study.day(watch.onset_of(found.row, found.first, end))
        ticket = nearest_ticket(one, onset, today)
        ticket_id = found.ticket_id or (None if ticket is None else ticket.ticket.id)
        kind = AlertKind.SILENT_DIP if ticket_id is None else AlertKind.DIP_AFTER_TICKET
        rule = facts.book.rule_for(kind, one.id)
        if rule is None or found.estimate > -rule.number("least_drop") / 100:
            continue
        also = tuple((one.meters[row], share) for row, share in found.also)
        dip = OpenDip(kind, one.id, onset, one.meters[found.row], ticket_id, found.looks, also)
        if not dip_over(one, dip, today):
            return dip
    return None


def dip_over(one: AccountFacts, dip: OpenDip, today: date) -> str:
    """Why a dip is over on a day; empty while it lasts."""
    row = _row(one, dip)
    watch = one.watch
    if row is None or watch is None:
        return "its meter is not reported any more"
    end = min(one.study.index(today), one.study.usage.days)
    onset = one.study.index(dip.onset)
    back = watch.restored(row, onset, end)
    if back is not None:
        return f"{RESTORED} on {day(one.study.day(back))}"
    if end - onset > LONGEST_DIP:
        return f"lasted {count(LONGEST_DIP // 7, 'week')}: this is the level now"
    return ""


def dip_finding(facts: Facts, one: AccountFacts, dip: OpenDip, today: date) -> Finding | None:
    """A dip as it stands today; None where its meter or its rule is gone."""
    row, watch = _row(one, dip), one.watch
    rule = facts.book.rule_for(dip.kind, one.id)
    if row is None or watch is None or rule is None:
        return None
    end = min(one.study.index(today), one.study.usage.days)
    onset = one.study.index(dip.onset)
    effect = watch.effect(row, onset, end)
    days = max(min(end - onset, LONGEST_DIP), 1)
    ticket = next((t for t in one.tickets if t.id == dip.ticket_id), None)
    number_ = f"#{ticket.number}" if ticket is not None else "a ticket"
    name = one.meter_name(dip.meter_id)
    if effect.abstained is not None:
        sentence = f"{name} fell on {short_day(dip.onset)}; not measured now"
    elif dip.ticket_id is None:
        sentence = f"{name} {percent(-effect.estimate)} below expected for {count(days, 'day')}"
    else:
        sentence = f"{name} {percent(-effect.estimate)} below expected after {number_}"
    silent = dip.ticket_id is None
    beside = "silent dip, no ticket" if silent else f"since {short_day(dip.onset)}"
    return Finding(
        kind=dip.kind,
        account_id=one.id,
        subject=SUBJECT,
        day=dip.onset,
        severity=rule.severity,
        title="usage fell and nobody wrote" if silent else f"usage fell around {number_}",
        sentence=sentence,
        detail=f"{beside} · {_interval(effect)}",
        rule_id=rule.id,
        meter_id=dip.meter_id,
        ticket_id=dip.ticket_id,
        figures=evidence(
            _why(one, dip, effect, days),
            _because(dip, rule.number("least_drop"), end, one),
            _known(one, dip, effect, today),
            estimate=finite(effect.estimate),
            low=finite(effect.low),
            high=finite(effect.high),
            onset=dip.onset.isoformat(),
            looks=[list(look) for look in dip.looks],
            also=[list(other) for other in dip.also],
        ),
    )


def open_dip(finding: Finding) -> OpenDip:
    """The dip behind an alert that was raised."""
    looks = tuple((int(days), float(share)) for days, share in finding.figures.get("looks", ()))
    return OpenDip(finding.kind, finding.account_id, finding.day, finding.meter_id, finding.ticket_id, looks)


def _row(one: AccountFacts, dip: OpenDip) -> int | None:
    return one.meters.index(dip.meter_id) if dip.meter_id in one.meters else None


def _interval(effect: Effect) -> str:
    if effect.abstained is not None:
        return "not measured"
    return f"interval {_plain(effect.low)} to {_plain(effect.high)}"


def _plain(share: float) -> str:
    return percent(share, signed=True).removesuffix("%").rstrip()


def _because(dip: OpenDip, least: int, end: int, one: AccountFacts) -> list[str]:
    looks = [str(days) for days, _ in dip.looks]
    last = one.study.day(end - 1)
    return [
        f"Below the expected range on {'the look at day' if len(looks) == 1 else 'looks at days'} "
        f"{_listed(looks)}"
        if looks
        else "Below the expected range when it was looked at",
        f"Drop above the {least} % minimum; usage known to {short_day(last)}",
        f"Survives the daily queue: at most 1 in {round(1 / QUEUE)} alerts is chance",
    ]


def _known(one: AccountFacts, dip: OpenDip, effect: Effect, today: date) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    if dip.ticket_id is None:
        opened = [t.opened_on for t in one.study.tickets if t.opened_on < today]
        if opened:
            ago = (today - max(opened)).days
            span = max((max(opened) - min(opened)).days, 1)
            usual = f"; usual is one in {count(max(round(span / (len(opened) - 1)), 1), 'day')}"
            said.append(("ticket", f"No ticket for {count(ago, 'day')}{usual if len(opened) > 2 else ''}"))
        else:
            said.append(("ticket", "No ticket is known of this account"))
    else:
        ticket = next((t for t in one.tickets if t.id == dip.ticket_id), None)
        if ticket is not None:
            said.append(("ticket", f"#{ticket.number} {ticket.title}".strip()))
            if ticket.requester:
                said.append(("user", f"Asked by {ticket.requester}"))
    if effect.abstained is None:
        said.append(
            (
                "chart-line-up",
                f"{number(round(effect.observed))} of {number(round(effect.expected))} expected units",
            )
        )
    if dip.also:
        fell = [f"{one.meter_name(meter)} {percent(share, signed=True)}" for meter, share in dip.also[:3]]
        said.append(("trend-down", f"Fell too: {', '.join(fell)}"))
    earlier = effect.year_earlier
    if math.isfinite(earlier):
        side = "below" if earlier < 0 else "above"
        said.append(("calendar-blank", f"{percent(abs(earlier))} {side} the same weeks a year ago"))
    said += [
        ("users", f"{person.name}, {person.role.value}, left on {short_day(person.left_on)}")
        for person in lost_roles(one.persons, today)[:1]
        if person.left_on is not None
    ]
    held = max((c.held_at for c in one.check_ins), default=None)
    if held is not None:
        said.append(("chat-centered-text", f"Last check-in on {short_day(one.day_of(held))}"))
    goals = [goal for goal in one.goals if goal.meter_id is not None and goal.meter_id == dip.meter_id]
    said += [("target", f"The goal “{goal.title}” follows this meter") for goal in goals[:1]]
    return said


def _why(one: AccountFacts, dip: OpenDip, effect: Effect, days: int) -> Why:
    first = dip.onset
    last = first + timedelta(days=days - 1)
    measured = effect.abstained is None
    return Why(
        title=f"{one.meter_name(dip.meter_id)} against expected",
        definition=(
            "Every day, usage of the last 3, 5, 7, 10 and 14 days is compared with what the days before let "
            "expect, weekday by weekday; after a support interaction also the first 3, 5, 7, 10 and 14 days. "
            "It is raised where a look is beyond what chance brings once in a hundred, and where it survives "
            "the queue of all accounts of the day."
        ),
        formula=(
            f"{number(round(effect.observed))} observed ÷ {number(round(effect.expected))} expected − 1 = "
            f"{percent(effect.estimate, signed=True)}"
            if measured
            else "observed ÷ expected − 1"
        ),
        window=f"Judged: {day(first)} to {day(last)}. Expected comes from the days before {day(first)}.",
        rows=(
            *((f"Look at {days_} days", percent(share, signed=True)) for days_, share in dip.looks),
            ("Days of the baseline", str(effect.baseline)),
            ("Earlier windows compared", str(effect.placebos)),
            ("Risk of chance, one look", "1 %"),
            ("Share of chance in the queue", "at most 10 %"),
        ),
        interval=(
            "Of 100 such intervals about 95 hold the true difference. They are as wide as the forecast was "
            "wrong in earlier windows in which nothing is known to have happened."
            if measured
            else ""
        ),
        caution="Compared with expected; this does not show what caused the difference.",
        figure=percent(effect.estimate, signed=True) if measured else "",
        uses=((SystemKind.USAGE, ""), (SystemKind.SUPPORT, "for masking open incidents")),
    )


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
