"""`convergedesk import PATH…`: exports of any sane form into the workspace."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from convergedesk.cli.opening import opened_or_created
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import CancelledError, SourceError, UsageError
from convergedesk.domain.money import is_currency_code
from convergedesk.domain.records import EntityKind
from convergedesk.figures.wording import count, money, number

if TYPE_CHECKING:
    from convergedesk.sources.files import Answers
    from convergedesk.store.totals import WorkspaceTotals
    from convergedesk.workspace.imports import ImportResult

# Told at most ten times a second, so that a window that listens is not flooded.
_LEAST_SECONDS = 0.1


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Import, or write templates; returns 0, or 1 where rows were rejected."""
    if arguments.templates is not None:
        return _templates(arguments, ports)
    if not arguments.paths:
        raise UsageError("No file was named.", fix="Name files or folders: convergedesk import PATH…")
    from convergedesk.store.totals import totals
    from convergedesk.sync.rejects import export_rejects_csv
    from convergedesk.workspace.imports import import_files

    answers = _answers(arguments)
    with opened_or_created(arguments, ports) as workspace, _stoppable() as stop:
        result = import_files(
            workspace,
            [path.expanduser() for path in arguments.paths],
            answers,
            mapping_file=arguments.mapping,
            dry=arguments.dry_run,
            progress=_Teller(ports.out) if arguments.progress_json else _Ticker(ports.err),
            cancel=stop,
        )
        now = totals(workspace.store)
        if arguments.rejects is not None:
            export_rejects_csv(workspace.store, arguments.rejects.expanduser())
    if arguments.save_mapping is not None:
        from convergedesk.sources.files import save_mapping

        save_mapping(result.mapping, arguments.save_mapping.expanduser())
    _tell(arguments, ports, result, now)
    if result.summary.state == "cancelled":
        raise CancelledError(result.summary.message)
    if not result.summary.streams:
        raise SourceError(
            "Nothing was imported: no file was recognised.",
            fix="Say in a mapping file what the columns hold (--mapping FILE), or begin with the files "
            "that --templates DIR writes.",
        )
    return 1 if result.summary.rejected else 0


def _templates(arguments: argparse.Namespace, ports: Ports) -> int:
    from convergedesk.sources.files import write_templates

    files = write_templates(arguments.templates.expanduser())
    if arguments.json:
        write_json(ports.out, {"templates": files})
    else:
        ports.out.write(f"{count(len(files), 'file')} in {arguments.templates}, one per kind of data.\n")
    return 0


def _answers(arguments: argparse.Namespace) -> Answers:
    from convergedesk.sources.files import Answers, DateOrder

    currency = None if arguments.currency is None else str(arguments.currency).upper()
    if currency is not None and not is_currency_code(currency):
        raise UsageError(
            f"“{arguments.currency}” is no currency code.", fix="Use three letters, such as EUR."
        )
    return Answers(
        date_order=None if arguments.date_order is None else DateOrder(arguments.date_order),
        currency=currency,
        time_zone=arguments.time_zone,
        whole=_kinds(arguments.whole_list),
        part=_kinds(arguments.part),
    )


def _kinds(names: list[str]) -> frozenset[EntityKind]:
    try:
        return frozenset(EntityKind(name) for name in names)
    except ValueError as error:
        raise UsageError(
            f"{error}".replace("EntityKind", "kind of data") + ".",
            fix=f"Kinds are: {', '.join(kind.value for kind in EntityKind)}.",
        ) from None


class _Stop:
    """Set by Ctrl+C or a polite kill; the import ends after the page in hand."""

    def __init__(self) -> None:
        self.cancelled = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        self.cancelled = True


@contextmanager
def _stoppable() -> Generator[_Stop]:
    stop = _Stop()
    former = {name: signal.signal(name, stop) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for name, handler in former.items():
            signal.signal(name, handler)


class _Teller:
    """Progress as one JSON object a line, for the window that started this process."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._told = 0.0

    def __call__(self, done: int, total: int | None, message: str) -> None:
        now = time.monotonic()
        if now - self._told >= _LEAST_SECONDS or done == total:
            self._told = now
            write_json(self._out, {"done": done, "total": total, "message": message})
            self._out.flush()


class _Ticker:
    """Progress on one line of a terminal; silent where there is none."""

    def __init__(self, err: TextIO) -> None:
        self._err = err
        self._told = 0.0
        self._shows = err is sys.stderr and err.isatty()

    def __call__(self, done: int, total: int | None, message: str) -> None:
        now = time.monotonic()
        if self._shows and now - self._told >= _LEAST_SECONDS:
            self._told = now
            of = "" if total is None else f" of {total:,}"
            self._err.write(f"\r\x1b[K{message} {done:,}{of}")
            self._err.flush()


def _tell(arguments: argparse.Namespace, ports: Ports, result: ImportResult, now: WorkspaceTotals) -> None:
    summary = result.summary
    told = {
        **summary.to_json(),
        "dry_run": result.dry,
        "skipped": [{"file": name, "reason": reason} for name, reason in result.skipped],
        "notes": [*result.mapping.notes, *summary.notes],
        "totals": result.totals,
        "workspace": now,
    }
    if arguments.progress_json:
        write_json(ports.out, {"summary": told})
        return
    if arguments.json:
        write_json(ports.out, told)
        return
    write_table(
        ports.out,
        ("File", "Kind", "Rows", "New", "Changed", "Same", "Rejected"),
        [
            (
                one.stream,
                one.entity.value.replace("_", " "),
                *(f"{n:,}" for n in (one.rows, one.new, one.changed, one.unchanged, one.rejected)),
            )
            for one in summary.streams
        ],
        right=range(2, 7),
    )
    for name, reason in result.skipped:
        ports.out.write(f"Skipped {name}: {reason}\n")
    for note in (*result.mapping.notes, *summary.notes):
        ports.out.write(f"{note}\n")
    if summary.usage_outside_subscription:
        outside = count(summary.usage_outside_subscription, "row")
        ports.out.write(f"Usage outside its subscription's dates: {outside}, linked all the same.\n")
    for code, rows in summary.rejects.items():
        ports.out.write(f"Rejected, {code.replace('_', ' ')}: {count(rows, 'row')}\n")
    ports.out.write(f"{summary.message}\n")
    if not result.dry:
        ports.out.write(f"The workspace now holds {_holdings(now)}.\n")


def _holdings(now: WorkspaceTotals) -> str:
    recurring = "".join(
        f", {money(one)} monthly recurring revenue over all subscriptions" for one in now.recurring
    )
    return (
        f"{count(now.accounts, 'account')}, {count(now.tickets, 'ticket')}, "
        f"{count(now.subscriptions, 'subscription')}, {count(now.invoices, 'invoice')}, "
        f"{number(now.usage)} units of usage{recurring}"
    )
