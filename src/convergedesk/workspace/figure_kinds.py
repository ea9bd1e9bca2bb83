"""Every kind of figure that has an id. Its explainer lives with the figure and is imported when asked."""

from __future__ import annotations

from typing import Final

from convergedesk.figures.why import Why
from convergedesk.workspace.explain import FigureKind
from convergedesk.workspace.session import Workspace


def _ticket(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.ticket_figures import explain_ticket

    return explain_ticket(workspace, parts)


KINDS: Final[dict[str, FigureKind]] = {
    "ticket": FigureKind("ticket:NUMBER:after7", "what usage did around a ticket", _ticket),
}
