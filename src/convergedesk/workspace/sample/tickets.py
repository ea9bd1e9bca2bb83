"""Every ticket of the sample: scripted ones, those of incidents, and the everyday rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np

from convergedesk.domain.accounts import PersonRole
from convergedesk.domain.tickets import Priority
from convergedesk.workspace.sample.pilot_tickets import SCRIPTED
from convergedesk.workspace.sample.plan import AccountPlan, PersonPlan, TicketPlan, at
from convergedesk.workspace.sample.spec import LAST_DAY, SampleSpec
from convergedesk.workspace.sample.team import PILOT_ACCOUNTS
from convergedesk.workspace.sample.ticket_numbers import numbered
from convergedesk.workspace.sample.titles import TitleWriter
from convergedesk.workspace.sample.world import World

AS_OF = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)
"""Nothing in the support desk is younger than this."""

# Monday to Sunday.
_OPENED_ON = np.array([1.2, 1.15, 1.1, 1.05, 0.95, 0.18, 0.14])
_HOURS = np.arange(7, 19)
_OPENED_AT = np.array([3, 7, 13, 13, 11, 8, 7, 11, 10, 8, 6, 3]) / 100
# Minutes to the first answer and hours to the closing: medians by priority.
_RESPONSE = {Priority.LOW: 120.0, Priority.NORMAL: 46.0, Priority.HIGH: 19.0, Priority.URGENT: 12.0}
_HOURS_OPEN = {Priority.LOW: 52.0, Priority.NORMAL: 38.0, Priority.HIGH: 26.0, Priority.URGENT: 17.0}
_ANSWERED = 0.34
# Low, normal, high, urgent; the high ones of the pilot are mostly told by hand.
_RANKS = (0.20, 0.61, 0.15, 0.04)
_RANKS_OF_PILOT = (0.24, 0.69, 0.06, 0.01)
_PATIENT = frozenset({"question", "request", "billing", "role", "leaver", "two-step"})
_NOBODY = PersonPlan("The customer's desk", PersonRole.USER, "")


def tickets_of(world: World) -> tuple[TicketPlan, ...]:
    """All tickets, as many as the spec asks for, numbered and in the order of their opening."""
    wanted = world.spec.ticket_count
    sites = {site.key: site for site in world.sites}
    first = at(world.spec.first_day, 0)
    scripted = [t for t in SCRIPTED if t.account in sites and t.opened >= first]
    scripted = sorted(scripted, key=lambda ticket: ticket.opened, reverse=True)[:wanted]
    desks = {key: _Desk(world.spec, site) for key, site in sites.items()}
    mishaps = [
        desks[key].incident_ticket(incident.opened, incident.closed)
        for key, site in sites.items()
        for incident in site.incidents
        if incident.opened is not None and not incident.scripted and incident.opened.date() <= LAST_DAY
    ][: wanted - len(scripted)]
    everyday = _everyday(world.spec, sites, desks, wanted - len(scripted) - len(mishaps))
    found = sorted(
        (*scripted, *mishaps, *everyday),
        key=lambda ticket: (sites[ticket.account].utc(ticket.opened), ticket.account),
    )
    return tuple(numbered(found, {key for key, site in sites.items() if _of_pilot(site)}))


def _of_pilot(site: AccountPlan) -> bool:
    return site.number < PILOT_ACCOUNTS or site.number >= 10_000


def _everyday(
    spec: SampleSpec, sites: dict[str, AccountPlan], desks: dict[str, _Desk], count: int
) -> Iterator[TicketPlan]:
    """Tickets that belong to no story, shared out by how often each account writes."""
    if count <= 0:
        return
    weights = np.array([site.tickets_a_week * _active_days(spec, site) for site in sites.values()])
    if not weights.sum():
        weights = np.ones(len(sites))
    shares = spec.stream("ticket shares").multinomial(count, weights / weights.sum())
    for desk, share in zip(desks.values(), shares, strict=True):
        yield from desk.everyday(int(share))


def _first_day(spec: SampleSpec, site: AccountPlan) -> date:
    return max(spec.first_day, site.first_day or spec.first_day)


def _last_day(site: AccountPlan) -> date:
    quiet = LAST_DAY if site.quiet_from is None else site.quiet_from - timedelta(days=1)
    return min(LAST_DAY, quiet, site.last_day or LAST_DAY)


def _active_days(spec: SampleSpec, site: AccountPlan) -> int:
    return max(0, (_last_day(site) - _first_day(spec, site)).days + 1)


class _Desk:
    """Draws the tickets of one account or site."""

    def __init__(self, spec: SampleSpec, site: AccountPlan) -> None:
        self._site = site
        self._stream = spec.stream("tickets", site.key)
        self._titles = TitleWriter(site.industry, self._stream)
        self._first = _first_day(spec, site)
        self._days = max(1, _active_days(spec, site))
        self._titles_so_far: set[str] = set()
        self._patience = float(np.exp(self._stream.normal(0.0, 0.15)))

    def everyday(self, count: int) -> Iterator[TicketPlan]:
        """`count` tickets on days on which people work."""
        if not count:
            return
        stream = self._stream
        weekdays = (self._first.weekday() + np.arange(self._days)) % 7
        weights = _OPENED_ON[weekdays] * np.linspace(0.8, 1.1, self._days)
        days = np.sort(stream.choice(self._days, size=count, p=weights / weights.sum()))
        hours = stream.choice(_HOURS, size=count, p=_OPENED_AT)
        minutes = stream.integers(0, 60, count)
        ranks = stream.choice(4, size=count, p=_RANKS_OF_PILOT if _of_pilot(self._site) else _RANKS) + 1
        drawn = zip(days.tolist(), hours.tolist(), minutes.tolist(), ranks.tolist(), strict=True)
        for day, hour, minute, rank in drawn:
            opened = at(self._first + timedelta(days=day), hour, minute)
            yield self._ticket(opened, None, Priority(rank), blocking=False)

    def incident_ticket(self, opened: datetime, closed: datetime | None) -> TicketPlan:
        """The ticket that somebody wrote when usage fell."""
        rank = Priority(int(self._stream.choice((2, 3, 4), p=(0.28, 0.47, 0.25))))
        return self._ticket(opened, closed, rank, blocking=True)

    def _ticket(
        self, opened: datetime, closed: datetime | None, rank: Priority, *, blocking: bool
    ) -> TicketPlan:
        stream = self._stream
        feature = self._titles.feature(blocking=blocking)
        title, pattern, thing = self._new_title(feature, blocking=blocking)
        if pattern in _PATIENT:
            rank = min(rank, Priority.NORMAL)
        response = max(2, int(_RESPONSE[rank] * self._patience * np.exp(stream.normal(0.0, 0.7))))
        hours = max(response / 60 + 0.4, _HOURS_OPEN[rank] * float(np.exp(stream.normal(0.0, 0.9))))
        if not blocking:
            closed = _at_work(opened + timedelta(hours=hours))
        closed = self._settled(opened, closed)
        answered_at = opened + timedelta(minutes=response)
        escalated = bool(stream.random() < {1: 0.0, 2: 0.015, 3: 0.12, 4: 0.3}[int(rank)])
        reopened = bool(stream.random() < 0.06)
        answered = closed is not None and stream.random() < _ANSWERED
        return TicketPlan(
            "", self._site.key, title, feature, rank, opened, closed,
            assignee=self._site.agents[int(stream.integers(len(self._site.agents)))],
            requester=self._requester(opened, pattern),
            first_response_minutes=response if self._site.utc(answered_at) < AS_OF else None,
            satisfaction=self._rating(hours, reopened=reopened or escalated) if answered else None,
            escalated=escalated, pattern=pattern, thing=thing, reopened=reopened and closed is not None,
        )  # fmt: skip

    def _new_title(self, feature: str, *, blocking: bool) -> tuple[str, str, str]:
        """A subject line that the account has not used yet, if one is found in a few tries."""
        found = self._titles.write(feature, blocking=blocking)
        for _ in range(8):
            if found[0] not in self._titles_so_far:
                break
            found = self._titles.write(feature, blocking=blocking)
        self._titles_so_far.add(found[0])
        return found

    def _settled(self, opened: datetime, closed: datetime | None) -> datetime | None:
        """None where it would be closed in the future; the pilot's open tickets are scripted."""
        if closed is None or self._site.utc(closed) <= AS_OF:
            return closed
        if _of_pilot(self._site):
            return opened + timedelta(hours=3)
        return None

    def _requester(self, opened: datetime, pattern: str) -> str:
        """Buyers ask about invoices, users and champions about the rest, sponsors now and then."""
        people = [p for p in self._site.people if p.left_on is None or opened.date() <= p.left_on] or [
            _NOBODY
        ]
        roles = {PersonRole.BUYER} if pattern == "billing" else {PersonRole.USER, PersonRole.CHAMPION}
        if pattern in _PATIENT and self._stream.random() < 0.1:
            roles = {PersonRole.SPONSOR}
        writers = [p for p in people if p.role in roles] or people
        return writers[int(self._stream.integers(len(writers)))].name

    def _rating(self, hours: float, *, reopened: bool) -> int:
        shares = (0.16, 0.14, 0.2, 0.28, 0.22) if reopened or hours > 150 else (0.02, 0.03, 0.07, 0.26, 0.62)
        return 1 + int(self._stream.choice(5, p=shares))


def _at_work(moment: datetime) -> datetime:
    """The same moment, or the next morning that somebody works."""
    if not 7 <= moment.hour < 20:
        moment = moment.replace(hour=8 + moment.minute % 7) + timedelta(days=1 if moment.hour >= 20 else 0)
    if moment.weekday() >= 5:
        moment += timedelta(days=7 - moment.weekday())
    return moment.replace(second=0, microsecond=0)
