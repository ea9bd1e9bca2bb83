"""Goals, contacts and notes of every day: what a success manager enters between the stories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from convergedesk.domain.accounts import Lifecycle
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import ContactChannel
from convergedesk.domain.goals import GoalState, MeterMeasure
from convergedesk.workspace.sample.engagement import ActionPlan, CheckInPlan, GoalPlan, NotePlan, Value
from convergedesk.workspace.sample.plan import AccountPlan, at
from convergedesk.workspace.sample.spec import LAST_DAY, SampleSpec
from convergedesk.workspace.sample.team import PILOT_ACCOUNTS
from convergedesk.workspace.sample.vocabulary import TRADES

# The pilot's last weeks are told by hand.
_PILOT_UNTIL = date(2026, 10, 2)

# (title, unit, usual start, usual target); a lower target means fewer is better.
_WISHES: tuple[tuple[str, str, float, float], ...] = (
    ("{Things} within 5 minutes", "%", 72, 92),
    ("{Things} without a person", "%", 41, 70),
    ("Corrections of {things} by hand a week", "a week", 180, 40),
    ("Calls about {things} a week", "a week", 95, 35),
    ("Sites that send {things}", "sites", 3, 12),
    ("{Things} complete at the end of the day", "%", 83, 98),
    ("Hours to close the month", "hours", 30, 12),
    ("Partners who receive {things}", "partners", 8, 25),
)
_SOURCES = ("Their own report, monthly", "Field in the CRM", "Team report, weekly", "Quarterly survey")

_SUMMARIES = (
    "Volumes are as planned. No open worries; they asked how others handle {things}.",
    "Went through the open tickets. Content with the pace, less with the number of mails.",
    "A reorganisation is under way; our contact stays, the sponsor may change.",
    "They plan a second site for {things} and want to know what it would cost.",
    "Short call: all fine. They will send the figures for the goal next week.",
    "Showed the new alerts. Two colleagues want to try them for {things}.",
    "The budget for next year is being made. Usage is expected to grow by a tenth.",
    "They lost time with {things} last month and would like to see it in the review.",
    "New colleague introduced: takes over the daily work on {things}.",
    "Asked about the invoice: understood once the steps were laid side by side.",
    "Review dates agreed. The sponsor will join for the first half hour.",
    "Quiet month. They use {system} less while it is being replaced.",
)
_NEXT = (
    "Send the summary.",
    "Ask again in four weeks.",
    "Bring the figures to the next call.",
    "Introduce the new colleague to support.",
    "Check the goal with them.",
    "",
    "",
)
_NOTES = (
    "Prefers a call to a mail; best reached before ten.",
    "Compares us with what they had before: speed matters more than features.",
    "Finance wants one invoice a quarter. Not possible under this contract.",
    "Sponsor reads two pages at most. Put the figure first.",
    "Growth comes from one site alone; worth watching.",
    "Asked for references in their trade. Named two who agreed.",
)
_PROMISES = (
    "Send the usage summary",
    "Agree on a review date",
    "Ask for the new sponsor's name",
    "Explain the last invoice",
    "Check the goal with the champion",
)
_CHANNELS = (ContactChannel.CALL, ContactChannel.MEETING, ContactChannel.EMAIL, ContactChannel.CHAT)


def routine_check_ins(spec: SampleSpec, account: AccountPlan) -> Iterator[CheckInPlan]:
    """Contacts every few weeks since the account began, oldest first."""
    stream = spec.stream("check-ins", account.key)
    pilot = account.number < PILOT_ACCOUNTS
    first = max(spec.first_day, account.first_day or spec.first_day)
    last = _PILOT_UNTIL if pilot else min(LAST_DAY, account.last_day or LAST_DAY)
    last -= timedelta(days=int(stream.integers(1, 40 if pilot else 34)))
    gap = 24 if pilot else {"Strategic": 60, "Growth": 90, "Scale": 140}[account.tier]
    days: list[date] = []
    while last > first:
        days.append(last)
        last -= timedelta(days=max(6, int(stream.normal(gap, gap / 4))))
    trade = TRADES[account.industry]
    for day in reversed(days):
        weekday = day - timedelta(days=max(0, day.weekday() - 4))
        people = [p.name for p in account.people if p.role.value != "buyer"] or [
            p.name for p in account.people
        ]
        chosen = stream.permutation(len(people))[: int(stream.integers(1, 3))]
        yield CheckInPlan(
            account.key,
            at(weekday, int(stream.integers(9, 17)), 5 * int(stream.integers(12))),
            _CHANNELS[int(stream.choice(4, p=(0.5, 0.25, 0.2, 0.05)))],
            account.owner if stream.random() < 0.15 else account.success_manager,
            tuple(people[int(i)] for i in sorted(chosen)),
            _pick(stream, _SUMMARIES).format(
                things=_pick(stream, trade.things), system=_pick(stream, trade.systems)
            ),
            _pick(stream, _NEXT),
        )


def routine_notes(spec: SampleSpec, account: AccountPlan) -> Iterator[NotePlan]:
    """None, one or two notes that anybody would write."""
    stream = spec.stream("notes", account.key)
    first = max(spec.first_day, account.first_day or spec.first_day)
    days = (min(_PILOT_UNTIL, account.last_day or LAST_DAY) - first).days
    if days <= 0:
        return
    for body in stream.permutation(len(_NOTES))[: int(stream.integers(0, 3))]:
        day = first + timedelta(days=int(stream.integers(days)))
        author = account.success_manager if stream.random() < 0.6 else account.owner
        yield NotePlan(account.key, at(day, int(stream.integers(8, 18)), 20), author, _NOTES[int(body)])


def routine_goals(spec: SampleSpec, account: AccountPlan) -> Iterator[GoalPlan]:
    """None, one or two goals of an account beyond the pilot; some linked to its first meter."""
    stream = spec.stream("goals", account.key)
    if account.lifecycle is not Lifecycle.ACTIVE or account.number < PILOT_ACCOUNTS:
        return
    for wish in stream.permutation(len(_WISHES))[: int(stream.choice(3, p=(0.3, 0.5, 0.2)))]:
        yield _goal(stream, account, int(wish))
    if account.first_day is None and stream.random() < 0.15:
        level = account.meters[0].level
        yield GoalPlan(
            account.key,
            "More of our traffic over one route",
            None,
            float(f"{level * 1.15:.2g}"),
            "events a day",
            LAST_DAY - timedelta(days=int(stream.integers(40, 150))),
            LAST_DAY + timedelta(days=int(stream.integers(30, 120))),
            account.success_manager,
            "Usage meter, daily",
            meter=account.meters[0].key,
            measure=MeterMeasure.DAILY_MEAN_28,
        )


def _goal(stream: np.random.Generator, account: AccountPlan, wish: int) -> GoalPlan:
    title, unit, low, high = _WISHES[wish]
    thing = _pick(stream, TRADES[account.industry].things)
    start = float(round(low * float(stream.uniform(0.85, 1.1))))
    target = float(min(99, round(high * float(stream.uniform(0.9, 1.1))))) if unit == "%" else float(high)
    agreed = LAST_DAY - timedelta(days=int(stream.integers(30, 240)))
    due = LAST_DAY + timedelta(days=int(stream.integers(-25, 150)))
    elapsed = (LAST_DAY - agreed).days / max(1, (due - agreed).days)
    reach = float(np.clip(min(1.0, elapsed) * stream.normal(0.9, 0.35), -0.2, 1.0))
    steps = int(stream.integers(2, 5))
    values = tuple(
        Value(
            agreed + (LAST_DAY - agreed) * (i / steps), round(start + (target - start) * reach * i / steps, 1)
        )
        for i in range(steps + 1)
    )
    champion = next((p.name for p in account.people if p.role.value == "champion"), account.success_manager)
    return GoalPlan(
        account.key,
        title.format(things=thing, Things=thing[0].upper() + thing[1:]),
        start,
        target,
        unit,
        agreed,
        due,
        account.success_manager,
        _pick(stream, _SOURCES),
        Audience.SHARED if stream.random() < 0.7 else Audience.INTERNAL,
        GoalState.REACHED if reach >= 1.0 else GoalState.OPEN,
        values,
        champion,
    )


def routine_actions(spec: SampleSpec, account: AccountPlan) -> Iterator[ActionPlan]:
    """Now and then something promised at an account beyond the pilot."""
    stream = spec.stream("actions", account.key)
    if account.number < PILOT_ACCOUNTS or stream.random() > 0.25:
        return
    title = _pick(stream, _PROMISES)
    due = LAST_DAY + timedelta(days=int(stream.integers(-6, 15)))
    yield ActionPlan(account.key, title, account.success_manager, due, due if due < LAST_DAY else None)


def _pick(stream: np.random.Generator, pool: tuple[str, ...]) -> str:
    return pool[int(stream.integers(len(pool)))]
