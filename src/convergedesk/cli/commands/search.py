"""`convergedesk search`: anything by a few words, as the palette finds it."""

from __future__ import annotations

import argparse
from typing import Final

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.audience import Audience
from convergedesk.domain.search import SearchHit, SearchKind
from convergedesk.figures.wording import day

_SILENT: Final = (SearchKind.ACCOUNT, SearchKind.PERSON)


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Print what was found; returns 0 also where that is nothing."""
    from convergedesk.workspace.search import GROUP_TITLES, search

    with opened(arguments, ports) as workspace:
        results = search(workspace, " ".join(arguments.words), limit=arguments.limit)
    if arguments.json:
        write_json(ports.out, results)
        return 0
    if not results.groups:
        ports.out.write(f"Nothing matches “{results.text}”.\n")
        return 0
    for number, group in enumerate(results.groups):
        ports.out.write("\n" if number else "")
        ports.out.write(f"{GROUP_TITLES[group.kind]}\n")
        for hit in group.hits:
            ports.out.write(f"  {_line(hit)}\n")
            if hit.kind is SearchKind.TICKET and hit.about.text and hit.audience is not None:
                ports.out.write(f"      {hit.about.text}{_marking(hit)}\n")
    return 0


def _line(hit: SearchHit) -> str:
    title = f"#{hit.number.text} {hit.title.text}".rstrip() if hit.number.text else hit.title.text
    parts = [title, hit.account.text]
    if hit.kind is not SearchKind.TICKET:
        parts.append(hit.about.text)
    if hit.kind not in _SILENT:
        parts.append(hit.state.replace("_", " "))
    if hit.at is not None:
        parts.append(day(hit.at.date()))
    elif hit.due_on is not None:
        parts.append(f"due {day(hit.due_on)}")
    line = " · ".join(part for part in parts if part)
    return line if hit.kind is SearchKind.TICKET else f"{line}{_marking(hit)}"


def _marking(hit: SearchHit) -> str:
    return " (internal)" if hit.audience is Audience.INTERNAL else ""
