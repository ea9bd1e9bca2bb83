"""The pilot's scorecard: a pod against accounts like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.accounts import Pod, PodId
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.protocols import CancelToken, Progress, no_progress
from convergedesk.figures.figure_ids import slug
from convergedesk.figures.pilot_inputs import read_pilot
from convergedesk.figures.pilot_scorecard import Measure, PilotBook
from convergedesk.figures.pilot_words import why_measure
from convergedesk.figures.why import Why
from convergedesk.figures.wording import day as day_words
from convergedesk.store import pods
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.rates import rate_book
from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class PilotPage:
    """What the page of the pilot shows.

    Attributes:
        pods: Every pod by name.
        book: The scorecard of the chosen one, or None without any pod.
    """

    pods: tuple[Pod, ...]
    book: PilotBook | None


def pilot_page(
    workspace: Workspace,
    pod_id: PodId | None = None,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> PilotPage:
    """Read the scorecard of a pod; without one, of the pod that is called a pilot, or of the first."""
    known = pods.list_pods(workspace.store)
    chosen = _chosen(known, pod_id)
    if chosen is None:
        return PilotPage(known, None)
    money = rate_book(workspace)
    book = read_pilot(
        workspace.store,
        chosen,
        today=workspace.today,
        currency=money.currency,
        rates=money.rates,
        progress=progress,
        cancel=cancel,
    )
    return PilotPage(known, book)


def start_pilot(workspace: Workspace, pod: Pod, day: date | None) -> Changes:
    """Say on which day a pod began to work together; None: nobody knows."""
    when = "Took back when" if day is None else "Said when"
    said = "" if day is None else f": {day_words(day)}"
    with workspace.edit(f"{when} “{pod.name}” began{said}") as edit:
        pods.start_pod(workspace.store, pod.id, day, now=workspace.clock.now())
    return Changes(frozenset(pod.account_ids), frozenset({Kind.PODS}), edit_id=edit.id)


def explain_pilot(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """What stands behind a measure of the scorecard: its name, and the pod where there are several."""
    measure = next((one for one in Measure if parts and slug(one.value) == parts[0]), None)
    if measure is None or len(parts) > 2:
        return None
    known = pods.list_pods(workspace.store)
    pod = None
    if len(parts) == 2:
        pod = next((one.id for one in known if f"pod-{one.id}" == parts[1]), None)
        if pod is None:
            return None
    book = pilot_page(workspace, pod).book
    figure = None if book is None else next((m for m in book.measures if m.measure is measure), None)
    if book is None or figure is None:
        reason = "there is no pod" if book is None else " ".join(one.what for one in book.missing)
        raise NotFoundError(f"“{measure.value}” of the pilot is not measured: {reason}")
    return why_measure(book, figure)


def _chosen(known: Sequence[Pod], pod_id: PodId | None) -> Pod | None:
    wanted = next((pod for pod in known if pod.id == pod_id), None)
    pilot = next((pod for pod in known if "pilot" in pod.name.casefold()), None)
    return wanted or pilot or next(iter(known), None)
