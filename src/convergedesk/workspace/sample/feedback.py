"""What the sample's customers said: the pilot's by hand, everybody else's drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from convergedesk.domain.accounts import Lifecycle
from convergedesk.domain.audience import Audience
from convergedesk.workspace.sample.plan import AccountPlan, at
from convergedesk.workspace.sample.requests import REQUESTS
from convergedesk.workspace.sample.spec import LAST_DAY, SampleSpec
from convergedesk.workspace.sample.team import PILOT_ACCOUNTS
from convergedesk.workspace.sample.vocabulary import TRADES

_SHARED = Audience.SHARED


@dataclass(frozen=True, slots=True)
class FeedbackPlan:
    """What somebody said; `given` is on the account's wall clock.

    Attributes:
        account: Key of the account or site.
        request: Key of the request; empty where nobody sorted it yet.
        ticket: Number of the ticket in which it was said, or empty.
    """

    account: str
    given: datetime
    request: str
    author: str
    body: str
    audience: Audience = Audience.INTERNAL
    ticket: str = ""


def _at(text: str) -> datetime:
    year = "2026-"
    return datetime.fromisoformat(year + text)


PILOT_FEEDBACK: tuple[FeedbackPlan, ...] = (
    FeedbackPlan(
        "kestrel",
        _at("12-02 09:10"),
        "retry-policy",
        "Declan Roche",
        "Every acquirer has its own clock. One policy for all of them is how yesterday happened.",
        ticket="48702",
    ),
    FeedbackPlan(
        "kestrel",
        _at("09-17 14:20"),
        "retry-policy",
        "Tomás Quigley",
        "Let us set pauses and attempts per acquirer, the slow ones need hours and not minutes.",
        _SHARED,
    ),
    FeedbackPlan(
        "marlowe",
        _at("10-06 10:25"),
        "retry-policy",
        "Sander Hoekstra",
        "The customs gateway may only be asked every ten minutes. Could that be set for it alone?",
        _SHARED,
        "47980",
    ),
    FeedbackPlan(
        "tindle",
        _at("10-12 14:30"),
        "retry-policy",
        "Petra Lindqvist",
        "The exam provider closes at night, so retries until morning only fill our error list.",
    ),
    FeedbackPlan(
        "cobalt",
        _at("11-30 11:05"),
        "own-retries",
        "Cem Aydin",
        "We would want retry policies of our own for a destination such as the archive.",
        _SHARED,
    ),
    FeedbackPlan(
        "brightwater",
        _at("10-20 08:40"),
        "audit-stream",
        "Oskari Nurmi",
        "Who saw which result has to reach our security tool within the hour, not by export.",
        _SHARED,
    ),
    FeedbackPlan(
        "cobalt",
        _at("12-04 16:55"),
        "audit-stream",
        "Ute Sommerfeld",
        "If the audit records went straight to our own archive the ten years would be our affair.",
        ticket="48724",
    ),
    FeedbackPlan(
        "fernhill",
        _at("11-20 15:10"),
        "commitment-warning",
        "Bram Claes",
        "Tell us when three quarters are gone, while we can still do something about it.",
        _SHARED,
        "48612",
    ),
    FeedbackPlan(
        "marlowe",
        _at("10-30 09:00"),
        "commitment-warning",
        "Ruud van der Meer",
        "I should not have to work out from invoices how much of the commitment is left.",
    ),
    FeedbackPlan(
        "solvane",
        _at("09-04 12:10"),
        "sandbox",
        "Álvaro Pizarro",
        "Each region tests with its own meters. One sandbox for all of them is one queue.",
        _SHARED,
    ),
    FeedbackPlan(
        "ostara",
        _at("12-07 10:15"),
        "sandbox",
        "Callum Reid",
        "The second plant starts in January and needs a place to practise in.",
        _SHARED,
        "48726",
    ),
    FeedbackPlan(
        "quarry",
        _at("12-03 17:20"),
        "sandbox",
        "Dwight Okoro",
        "A sandbox for each line, please, so that line two does not see line one's test states.",
    ),
    FeedbackPlan(
        "tindle",
        _at("10-01 14:50"),
        "learner-sheet",
        "Petra Lindqvist",
        "880 learners from one spreadsheet, and next term it will be a thousand.",
        _SHARED,
        "47893",
    ),
    FeedbackPlan(
        "aurelia",
        _at("08-26 11:30"),
        "bulk-users",
        "Beatriz Falcão",
        "Three hotels changed their front desk this summer; that was 140 users by hand.",
    ),
    FeedbackPlan(
        "marlowe",
        _at("08-05 15:10"),
        "ordered-delivery",
        "Sander Hoekstra",
        "A truck that leaves before it arrives confuses everybody at the terminal.",
        _SHARED,
        "47120",
    ),
    FeedbackPlan(
        "aurelia-lisbon",
        _at("09-29 18:10"),
        "ordered-delivery",
        "Marta Vilhena",
        "The rate has to arrive before the booking that uses it.",
    ),
    FeedbackPlan(
        "kestrel",
        _at("12-08 11:15"),
        "",
        "Grace Mulvey",
        "I would pick the columns of the decline list myself, I only need four of them.",
        ticket="48734",
    ),
    FeedbackPlan(
        "solvane",
        _at("11-18 09:40"),
        "",
        "Jorge Bastida",
        "It would be good to try a change of the schema with last week's readings first.",
        _SHARED,
    ),
    FeedbackPlan(
        "brightwater",
        _at("11-04 13:00"),
        "",
        "Anniina Koski",
        "The font of the result list is too small on our ward screens.",
    ),
    FeedbackPlan(
        "fernhill",
        _at("07-21 10:00"),
        "regional-failover",
        "Yannick Maes",
        "On Black Friday we cannot wait for a region to come back.",
    ),
)


def routine_feedback(spec: SampleSpec, account: AccountPlan) -> Iterator[FeedbackPlan]:
    """Now and then something an account beyond the pilot asks for, oldest first."""
    stream = spec.stream("feedback", account.key)
    if account.number < PILOT_ACCOUNTS or account.lifecycle is Lifecycle.TRIAL:
        return
    first = max(LAST_DAY - timedelta(days=150), account.first_day or spec.first_day, spec.first_day)
    days = ((account.last_day or LAST_DAY) - first).days
    people = [person.name for person in account.people]
    general = [one for one in REQUESTS if one.said]
    many = int(stream.choice(4, p=(0.5, 0.3, 0.15, 0.05)))
    if days <= 0 or not people:
        return
    things = TRADES[account.industry].things
    given: list[tuple[date, int]] = sorted(
        (first + timedelta(days=int(stream.integers(days))), int(choice))
        for choice in stream.permutation(len(general))[:many]
    )
    for day, choice in given:
        request = general[choice]
        said = request.said[int(stream.integers(len(request.said)))]
        yield FeedbackPlan(
            account.key,
            at(day, int(stream.integers(8, 18)), 5 * int(stream.integers(12))),
            request.key if stream.random() < 0.95 else "",
            people[int(stream.integers(len(people)))],
            said.format(things=things[int(stream.integers(len(things)))]),
            _SHARED if stream.random() < 0.4 else Audience.INTERNAL,
        )
