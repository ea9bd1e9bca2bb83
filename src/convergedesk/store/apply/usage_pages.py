"""Pages of usage: whose it is, what is counted, and which rows wait or are refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from convergedesk.domain.intake import LinkedPage
from convergedesk.domain.links import AccountKeyLink
from convergedesk.domain.records import Origin, UsageColumns
from convergedesk.store.apply.context import RunContext, refuse_link, refuse_nameless
from convergedesk.store.apply.records import refuse
from convergedesk.store.apply.rejects import BAD_NUMBER, Refusal
from convergedesk.store.apply.usage import UsageEntries

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Usage of an unknown account comes by the thousand: beyond this many places of a page, one
# reject stands for the rest.
_LISTED: Final = 1000
# Nothing that is counted comes near; sums and squares of what is allowed stay finite.
_LARGEST_QUANTITY: Final = 1e30
_UNSOUND_QUANTITY: Final = "The quantity is not a number, or too large to be one that was counted."
_EPOCH: Final = date(1970, 1, 1).toordinal()


def apply_usage(connection: Connection, context: RunContext, linked: LinkedPage) -> None:
    """Write a page of usage; that of unknown accounts is written too, where no reader sees it yet."""
    page, usage = linked.page, linked.page.usage
    if usage is None:
        refuse(connection, context, linked, [])
        return
    links = linked.links
    subjects = _subjects(connection, context, links)
    subject = np.array([0 if link is None else subjects[link.text][0] for link in links], dtype=np.int64)
    owner = np.array([0 if link is None else link.account_id or 0 for link in links], dtype=np.int64)
    sound = np.abs(usage.quantities) <= _LARGEST_QUANTITY
    named = subject[usage.account_codes] > 0 if links else np.zeros(0, dtype=np.bool_)
    linked_rows = owner[usage.account_codes] > 0 if links else named
    meter_ids = np.array(context.lookups.meters(connection, page.system, usage.meters), dtype=np.int64)
    adding = np.array(_adding(connection, meter_ids.tolist()), dtype=np.bool_)

    tally = context.tally(page)
    for keep, counts in ((named & sound & linked_rows, True), (named & sound & ~linked_rows, False)):
        written = context.usage.write(
            connection, _entries(usage, keep, subject, meter_ids, adding), page.stream
        )
        if counts:
            tally.new += written.new
            tally.changed += written.changed
            tally.unchanged += written.unchanged
            accounts = dict(subjects.values())
            context.touched.update(accounts[s] or 0 for s in written.subjects)
    _count_outside(context, usage, links, named & sound)
    refusals = _refusals(context, usage, links, sound, page.stream)
    refuse(connection, context, linked, refusals)


def last_day(usage: UsageColumns) -> date | None:
    """The last day that a page speaks of."""
    return date.fromordinal(_EPOCH + int(usage.days.max())) if usage.days.size else None


def _subjects(
    connection: Connection, context: RunContext, links: Sequence[AccountKeyLink | None]
) -> dict[str, tuple[int, int | None]]:
    """Id and account of the subject behind every key, created on first sight."""
    wanted = {link.text: link.account_id for link in links if link is not None}
    known = context.subjects
    unread = [text for text in wanted if text not in known]
    if unread:
        rows = connection.exec_driver_sql(
            "SELECT account_key, id, account_id FROM usage_subjects "
            "WHERE source = ? AND account_key IN (SELECT value FROM json_each(?))",
            (context.source, json.dumps(unread)),
        )
        known.update({row[0]: (row[1], row[2]) for row in rows})
    for text, account_id in wanted.items():
        if text not in known:
            subject_id = connection.exec_driver_sql(
                "INSERT INTO usage_subjects (source, account_key, account_id, created_at) "
                "VALUES (?, ?, ?, ?) RETURNING id",
                (context.source, text, account_id, context.now),
            ).scalar_one()
            known[text] = (subject_id, account_id)
        elif known[text][1] != account_id:
            connection.exec_driver_sql(
                "UPDATE usage_subjects SET account_id = ? WHERE id = ?", (account_id, known[text][0])
            )
            known[text] = (known[text][0], account_id)
    return {text: known[text] for text in wanted}


def _adding(connection: Connection, meter_ids: Sequence[int]) -> list[bool]:
    rows = connection.exec_driver_sql("SELECT id FROM meters WHERE aggregation <> 'sum'").scalars()
    not_adding = set(rows)
    return [meter_id not in not_adding for meter_id in meter_ids]


def _entries(usage: UsageColumns, keep: Flags, subject: Ints, meter_ids: Ints, adding: Flags) -> UsageEntries:
    everything = bool(keep.all())

    def kept(column: NDArray[np.generic]) -> NDArray[np.generic]:
        return column if everything else column[keep]

    meters = kept(usage.meter_codes).astype(np.int64)
    return UsageEntries(
        subject[kept(usage.account_codes).astype(np.int64)],
        meter_ids[meters] if meter_ids.size else meters,
        kept(usage.days).astype(np.int64),
        kept(usage.quantities).astype(np.float64),
        kept(usage.rows).astype(np.int64),
        adding[meters] if adding.size else meters.astype(np.bool_),
        usage.granularity,
    )


def _count_outside(
    context: RunContext, usage: UsageColumns, links: Sequence[AccountKeyLink | None], keep: Flags
) -> None:
    """Count rows outside their subscription's term; of unknown subscriptions when they are known."""
    if not links or not any(link is not None and ":subscription:" in link.text for link in links):
        return
    places = _by_account(usage, np.flatnonzero(keep))
    starts = np.full(len(links), np.iinfo(np.int64).min)
    ends = np.full(len(links), np.iinfo(np.int64).max)
    for at, link in enumerate(links):
        term = None if link is None else context.terms.get(link.text)
        if term is not None:
            starts[at] = term.starts_on.toordinal() - _EPOCH
            ends[at] = ends[at] if term.ends_on is None else term.ends_on.toordinal() - _EPOCH
        elif link is not None and ":subscription:" in link.text:
            mine = places[at]
            context.undated.append((link.text, usage.days[mine], usage.rows[mine]))
    outside = keep & ((usage.days < starts[usage.account_codes]) | (usage.days > ends[usage.account_codes]))
    context.outside_term += int(usage.rows[outside].sum())


def count_undated(context: RunContext) -> None:
    """Count the rows whose subscription came in after them."""
    for text, days, rows in context.undated:
        term = context.terms.get(text)
        if term is None:
            continue
        outside = days < term.starts_on.toordinal() - _EPOCH
        if term.ends_on is not None:
            outside |= days > term.ends_on.toordinal() - _EPOCH
        context.outside_term += int(rows[outside].sum())
    context.undated.clear()


def _refusals(
    context: RunContext,
    usage: UsageColumns,
    links: Sequence[AccountKeyLink | None],
    sound: Flags,
    stream: str,
) -> list[Refusal]:
    refused: list[Refusal] = []
    lost = [code for code, link in enumerate(links) if link is None or link.account_id is None]
    by_account = _by_account(usage, np.flatnonzero(sound)) if lost else []
    for code in lost:
        link = links[code]
        for line, rows, raw in _places(usage, by_account[code], links):
            origin = Origin(line, raw)
            if link is None:
                refused.append(
                    Refusal(line, "unknown_account", refuse_nameless(origin).reason, raw, rows=rows)
                )
            else:
                refused.append(refuse_link(link, origin, rows))
                context.usage_counted[link.text][stream, refused[-1].code] += rows
    for line, rows, raw in _places(usage, np.flatnonzero(~sound), links):
        refused.append(Refusal(line, BAD_NUMBER, _UNSOUND_QUANTITY, raw, rows=rows))
    return refused


def _by_account(usage: UsageColumns, which: Ints) -> list[Ints]:
    """For each account the places of its entries among `which`, in the order of the page."""
    codes = usage.account_codes[which]
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(1, len(usage.accounts)))
    return np.split(which[order], edges)


def _places(
    usage: UsageColumns, which: Ints, links: Sequence[AccountKeyLink | None]
) -> list[tuple[int, int, str]]:
    """Line, physical rows and text of the entries; one place for all beyond the first thousand."""
    places: list[tuple[int, int, str]] = []
    for at in which[:_LISTED].tolist():
        link = links[int(usage.account_codes[at])]
        day = date.fromordinal(_EPOCH + int(usage.days[at]))
        raw = f"{'' if link is None else link.label}, {usage.meters[int(usage.meter_codes[at])]}, {day}, "
        places.append((int(usage.lines[at]), int(usage.rows[at]), f"{raw}{usage.quantities[at]:g}"))
    rest = which[_LISTED:]
    if rest.size:
        rows = int(usage.rows[rest].sum())
        places.append(
            (int(usage.lines[rest[0]]), rows, f"{rows} rows, from line {int(usage.lines[rest[0]])} on")
        )
    return places
