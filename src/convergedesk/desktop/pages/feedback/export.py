"""The list of feedback as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from convergedesk.figures.feedback import FeedbackBook, FeedbackGroup

HEADER = (
    "Request",
    "Feature",
    "State",
    "Answer",
    "Votes",
    "Accounts",
    "Billed",
    "Billed currency",
    "Billed from",
    "Billed to",
    "Renews within 120 days",
    "Renews currency",
    "Tagged tickets",
    "Tagged tickets of high priority",
    "Episodes",
    "Episodes with a confirmed dip",
    "Names of the accounts",
)


def table(groups: Iterable[FeedbackGroup], book: FeedbackBook) -> Iterator[tuple[str, ...]]:
    """Header, then a row for each group and currency; amounts in major units, unknown as empty."""
    yield HEADER
    for group in groups:
        renewing = {amount.currency: amount for amount in group.renewing}
        for billed in group.billed or (None,):
            currency = "" if billed is None else billed.currency
            soon = renewing.get(currency)
            yield (
                group.title,
                "" if group.feature is None else group.feature.name,
                "" if group.request is None else group.request.status.value,
                "" if group.request is None else group.request.answer,
                str(group.votes),
                str(len(group.askers)),
                "" if billed is None else str(billed.amount),
                currency,
                book.first_day.isoformat(),
                book.last_day.isoformat(),
                "" if soon is None else str(soon.amount),
                "" if soon is None else currency,
                str(group.use.tickets),
                str(group.use.high),
                str(group.use.episodes),
                str(group.use.confirmed),
                ", ".join(asker.name for asker in group.askers),
            )
