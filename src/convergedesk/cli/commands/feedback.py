"""`convergedesk feedback`: what customers ask for, by revenue at stake, with the raw votes beside."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports

if TYPE_CHECKING:
    from datetime import date

    from convergedesk.domain.feedback import Feedback
    from convergedesk.domain.freshness import Freshness
    from convergedesk.figures.feedback import FeedbackBook, FeedbackGroup

_HEADS = ("Asked for", "Revenue at stake", "Votes", "Accounts", "Usage lost in tagged tickets", "State")


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """List the requests; returns 0."""
    from convergedesk.figures.feedback_words import period_words
    from convergedesk.workspace.accounts import find_account
    from convergedesk.workspace.explain import freshness
    from convergedesk.workspace.feedback import feedback_book
    from convergedesk.workspace.insights import refresh_insights

    with opened(arguments, ports) as workspace:
        account = None if arguments.account is None else find_account(workspace, arguments.account)
        # The usage that was lost comes from the tickets' episodes.
        refresh_insights(workspace)
        book = feedback_book(workspace, None if account is None else [account])
        ages, today = freshness(workspace), workspace.today
    if arguments.json:
        write_json(ports.out, _object(book, ages))
        return 0
    if not book.groups and not book.unsorted:
        ports.out.write("No feedback yet.\n")
        return 0
    ports.out.write(f"Billed {period_words(book)} to the accounts that ask\n\n")
    write_table(ports.out, _HEADS, [_line(group, today) for group in book.groups], right=(1, 2, 3))
    if book.unsorted:
        ports.out.write(f"\n{len(book.unsorted):,} not sorted yet\n")
    return 0


def _line(group: FeedbackGroup, today: date) -> tuple[str, ...]:
    from convergedesk.figures.feedback_words import lost_words, stake_words, status_words

    return (
        group.title,
        stake_words(group),
        f"{group.votes:,}",
        f"{len(group.askers):,}",
        lost_words(group.use),
        status_words(group, today),
    )


def _object(book: FeedbackBook, ages: tuple[Freshness, ...]) -> dict[str, object]:
    return {
        "billed_from": book.first_day,
        "billed_to": book.last_day,
        "reporting_currency": book.reporting,
        "currencies_without_a_rate": book.mixed,
        "groups": [_group(group, book, ages) for group in book.groups],
        "not_sorted": [_item(item, book) for item in book.unsorted],
    }


def _group(group: FeedbackGroup, book: FeedbackBook, ages: tuple[Freshness, ...]) -> dict[str, object]:
    from convergedesk.figures.feedback_words import why_lost, why_stake, why_votes
    from convergedesk.figures.why import to_json, with_sources

    whys = {
        "revenue_at_stake": why_stake(group, book),
        "votes": why_votes(group),
        "lost": why_lost(group, book),
    }
    return {
        "title": group.title,
        "feature": None if group.feature is None else group.feature.name,
        "status": None if group.request is None else group.request.status,
        "answer": None if group.request is None else group.request.answer,
        "waits_since": group.waits_since,
        "votes": group.votes,
        "billed": group.billed,
        "renews_within_120_days": group.renewing,
        "revenue_at_stake": group.stake,
        "accounts": [
            {"name": one.name, "votes": one.items, "tagged_tickets": one.tickets, "billed": one.billed}
            for one in group.askers
        ],
        "tagged_tickets": {
            "tickets": group.use.tickets,
            "high": group.use.high,
            "open": group.use.open,
            "episodes": group.use.episodes,
            "with_confirmed_dip": group.use.confirmed,
            "estimated_value": group.use.value,
            "delays_a_prepaid_burn_down": group.use.prepaid,
            "lost": [
                {"meter": one.meter.name, "unit": one.meter.unit, "units": one.units}
                for one in group.use.lost
            ],
        },
        "merged": [one.title for one in group.merged],
        "said": [_item(item, book) for item in group.items],
        "why": {name: to_json(with_sources(why, ages)) for name, why in whys.items()},
    }


def _item(item: Feedback, book: FeedbackBook) -> dict[str, object]:
    return {
        "account": book.names.get(item.account_id, ""),
        "said_by": item.author,
        "given_at": item.given_at,
        "body": item.body,
        "audience": item.audience,
    }
