"""What is kept with a finding so that it can explain itself later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from convergedesk.domain.kinds import SystemKind
from convergedesk.figures.why import Why

_TEXTS = ("title", "definition", "formula", "window", "interval", "caution", "as_of", "figure")


def evidence(
    why: Why, because: Sequence[str], known: Sequence[tuple[str, str]] = (), **values: Any
) -> dict[str, Any]:
    """The figures of a finding.

    Args:
        why: What stands behind its sentence.
        because: Why it was raised, one condition each.
        known: What is known beside it: (icon, sentence).
        values: Anything else by name, ready for JSON; None is left out.
    """
    kept: dict[str, Any] = {name: text for name in _TEXTS if (text := getattr(why, name))}
    kept["rows"] = [list(row) for row in why.rows]
    kept["uses"] = [[system.value, what] for system, what in why.uses]
    given = {name: value for name, value in values.items() if value is not None}
    return {"because": list(because), "known": [list(one) for one in known], "why": kept, **given}


def why_of_alert(figures: Mapping[str, Any], alert_id: int) -> Why:
    """What stands behind an alert, from what was kept with it."""
    kept: Mapping[str, Any] = figures.get("why", {})
    words = {name: str(kept.get(name, "")) for name in _TEXTS}
    return Why(
        title=words["title"],
        definition=words["definition"],
        formula=words["formula"],
        window=words["window"],
        rows=tuple((str(name), str(value)) for name, value in kept.get("rows", ())),
        interval=words["interval"],
        caution=words["caution"],
        as_of=words["as_of"],
        figure=words["figure"],
        figure_id=f"alert:{alert_id}",
        uses=tuple((SystemKind(system), str(what)) for system, what in kept.get("uses", ())),
    )
