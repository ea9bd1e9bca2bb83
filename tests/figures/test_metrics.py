"""Metrics of a period, from episodes and tickets whose figures are known."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.episodes import EffectPart, Episode, EpisodeId, KeptEffect, KeptRestoration
from convergedesk.domain.tickets import Priority, Ticket, TicketId, TicketStatus
from convergedesk.figures.effect_words import headline, sentence, why
from convergedesk.figures.metric_tickets import TicketColumns
from convergedesk.figures.metrics import AccountUse, Metrics
from convergedesk.figures.metrics import metrics as summed_up

ACME, BOREAL = AccountId(1), AccountId(2)
PERIOD = (date(2026, 1, 1), date(2026, 12, 31))


def ticket(number: int, account: AccountId = ACME, priority: Priority = Priority.HIGH) -> Ticket:
    opened = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=number)
    return Ticket(
        id=TicketId(number),
        number=str(number),
        account_id=account,
        title="",
        priority=priority,
        status=TicketStatus.CLOSED,
        opened_at=opened,
        closed_at=opened + timedelta(hours=6),
        first_response_minutes=10 * number,
    )


def metrics(
    period: tuple[date, date],
    accounts: list[AccountId],
    tickets: list[Ticket],
    episodes: list[Episode],
    use: dict[AccountId, AccountUse],
) -> Metrics:
    known = {one.id: one for one in tickets}
    return summed_up(period, accounts, TicketColumns.of(tickets), episodes, use, known)


def after(verdict: str, estimate: float | None) -> KeptEffect:
    spread = 0.05
    return KeptEffect(
        part=EffectPart.AFTER,
        meter_id=None,
        first_day=date(2026, 3, 5),
        horizon=7,
        lead=2,
        estimate=estimate,
        low=None if estimate is None else estimate - spread,
        high=None if estimate is None else estimate + spread,
        verdict=verdict,
        smallest_detectable=None if estimate is None else -0.06,
        observed=None if estimate is None else 700.0,
        expected=None if estimate is None else 1000.0,
        year_earlier=None,
        abstained="too little history before the event" if estimate is None else None,
        baseline=28,
        placebos=300,
        effective=40.0,
        deviation=0.03,
        peer_weight=0.0,
        unusual=False,
    )


def episode(number: int, effect: KeptEffect, days: float | None = None, *, back: bool = True) -> Episode:
    restoration = None
    if days is not None:
        restoration = KeptRestoration(days, back, date(2026, 3, 2), None, days, days - 1)
    opened = date(2026, 3, 2) + timedelta(days=number)
    return Episode(
        EpisodeId(number), ACME, (TicketId(number),), opened, opened, True, restoration, None, (effect,)
    )


def test_every_closed_high_priority_episode_is_counted_once_in_one_direction() -> None:
    episodes = [
        episode(1, after("up", 0.2)),
        episode(2, after("down", -0.3)),
        episode(3, after("inconclusive", -0.01)),
        episode(4, after("inconclusive", None)),
        replace(episode(5, after("down", -0.3)), high=False),
        replace(episode(6, after("down", -0.3)), resolved_on=None),
    ]
    found = metrics(PERIOD, [ACME], [ticket(n) for n in range(1, 7)], episodes, {}).closing
    assert (found.rising, found.falling, found.inconclusive, found.not_measured) == (1, 1, 1, 1)
    assert found.judged == 3


def test_only_confirmed_dips_enter_the_time_to_value_restored() -> None:
    effect = after("inconclusive", 0.0)
    dips = [episode(n, effect, days=float(n), back=n < 7) for n in range(1, 8)]
    quiet = [episode(n, effect) for n in range(8, 21)]
    found = metrics(PERIOD, [ACME], [ticket(n) for n in range(1, 21)], [*dips, *quiet], {}).restored
    assert (found.tickets, found.out_of) == (7, 20)
    assert found.median == 4.0


def test_effects_are_listed_deepest_first_and_abstentions_not_at_all() -> None:
    episodes = [episode(1, after("up", 0.2)), episode(2, after("down", -0.3)), episode(3, after("", None))]
    found = metrics(PERIOD, [ACME], [ticket(n) for n in (1, 2, 3)], episodes, {})
    assert [one.ticket.number for one in found.effects] == ["2", "1"]


def test_a_source_that_counts_no_reopenings_has_no_reopen_rate() -> None:
    tickets = [ticket(1), ticket(2)]
    assert math.isnan(metrics(PERIOD, [ACME], tickets, [], {}).support.reopen_rate)
    counted = [replace(tickets[0], reopens=1), replace(tickets[1], reopens=0)]
    assert metrics(PERIOD, [ACME], counted, [], {}).support.reopen_rate == 0.5


def test_weeks_are_laid_beside_the_tickets_of_the_same_weeks() -> None:
    monday = date(2026, 1, 5)
    weeks = tuple(1000.0 + 10 * (n % 5) for n in range(51))
    use = {account: AccountUse(-0.1, monday, weeks) for account in (ACME, BOREAL)}
    tickets = [ticket(n, ACME if n % 3 else BOREAL) for n in range(1, 60)]
    found = metrics(PERIOD, [ACME, BOREAL], tickets, [], use)
    # The first week has no week before it to change from.
    assert (found.together.accounts, found.together.weeks) == (2, 50)
    assert {point.account_id: point.tickets for point in found.points} == {ACME: 40, BOREAL: 19}


def test_nothing_known_is_nothing_said() -> None:
    found = metrics(PERIOD, [], [], [], {})
    assert math.isnan(found.support.first_response)
    assert math.isnan(found.restored.median)
    assert found.closing.judged == 0
    assert found.effects == found.points == ()


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (after("down", -0.3), "Usage in the 7 days after the last resolution was 30 % below expected."),
        (after("up", 0.2), "Usage in the 7 days after the last resolution was 20 % above expected."),
        (
            after("inconclusive", 0.01),
            (
                "Usage in the 7 days after the last resolution cannot be told from the usual ups and downs. "
                "A dip of less than 6 % could not have been seen."
            ),
        ),
        (
            after("inconclusive", None),
            (
                "Usage in the 7 days after the last resolution was not measured: "
                "too little history before the event."
            ),
        ),
    ],
)
def test_an_effect_is_worded_as_it_was_measured(effect: KeptEffect, said: str) -> None:
    assert sentence(effect).replace("\u202f", " ") == said


def test_why_puts_the_values_into_the_formula() -> None:
    told = why(after("down", -0.3), as_of=date(2026, 12, 9))
    assert told.formula.replace("\u202f", " ") == "700 observed ÷ 1,000 expected − 1 = −30 %"
    assert "5 Mar 2026 to 11 Mar 2026" in told.window
    assert [one.what for one in told.excluded] == ["3 Mar 2026 to 4 Mar 2026"]
    assert dict(told.rows)["Earlier windows compared"] == "300"
    assert headline(after("down", -0.3)).replace("\u202f", " ") == "−30 % (−35 to −25)"
