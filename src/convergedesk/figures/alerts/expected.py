"""What usage was expected to be, had what an alert speaks of not happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from convergedesk.domain.alerts import Finding
from convergedesk.domain.episodes import Episode, EpisodeId
from convergedesk.domain.usage import MeterId
from convergedesk.figures.account import AccountUsage
from convergedesk.figures.expected import expected_by_meter
from convergedesk.insights.expected_range import ExpectedRange


def expected_without(
    usage: AccountUsage, episodes: Sequence[Episode], finding: Finding
) -> dict[MeterId | None, ExpectedRange]:
    """The expected range of every meter; a dip's own days are no part of what is expected.

    Args:
        usage: The account's usage.
        episodes: Its episodes, whose days are left out too.
        finding: What an alert speaks of.
    """
    onset = finding.figures.get("onset")
    if not isinstance(onset, str):
        return expected_by_meter(usage, episodes)
    dip = Episode(
        id=EpisodeId(0),
        account_id=finding.account_id,
        ticket_ids=(),
        opened_on=date.fromisoformat(onset),
        resolved_on=None,
        high=False,
        restoration=None,
        from_level_at_closing=None,
        effects=(),
    )
    return expected_by_meter(usage, [*episodes, dip])
