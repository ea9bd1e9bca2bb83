"""Episodes and effects as they are kept: indexes become days, what is no number becomes nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.episodes import EffectPart, Episode, EpisodeId, KeptEffect, KeptRestoration
from convergedesk.domain.usage import MeterId
from convergedesk.figures.episode_days import episode_days
from convergedesk.figures.study_inputs import AccountStudy
from convergedesk.insights.adoption import adoption
from convergedesk.insights.affected import affected_meters
from convergedesk.insights.effects import Effect, last_effects
from convergedesk.insights.episode_study import EpisodeStudy
from convergedesk.insights.recent_dip import recent_dip
from convergedesk.insights.restoration import Restoration
from convergedesk.insights.series import as_days

NOW_HORIZONS = (7, 28)
EARLIER = 28
SILENT_WITHIN = 14
_UNNUMBERED = EpisodeId(0)


def finite(value: float) -> float | None:
    """The value, or None where it is no number."""
    return float(value) if math.isfinite(value) else None


def kept_effect(effect: Effect, part: EffectPart, first: date, meter_id: MeterId | None = None) -> KeptEffect:
    """An effect with its days as days; `first` is the day of index 0."""
    return KeptEffect(
        part=part,
        meter_id=meter_id,
        first_day=first + timedelta(days=effect.first),
        horizon=effect.horizon,
        lead=effect.lead,
        estimate=finite(effect.estimate),
        low=finite(effect.low),
        high=finite(effect.high),
        verdict=effect.verdict.value,
        smallest_detectable=finite(effect.smallest_detectable),
        observed=finite(effect.observed),
        expected=finite(effect.expected),
        year_earlier=finite(effect.year_earlier),
        abstained=None if effect.abstained is None else effect.abstained.value,
        baseline=effect.baseline,
        placebos=effect.placebos,
        effective=finite(effect.effective),
        deviation=finite(effect.deviation),
        peer_weight=effect.peer_weight,
        unusual=effect.unusual,
    )


def episodes_of_study(
    study: AccountStudy, found: EpisodeStudy, places: Sequence[int], first: date
) -> Episode:
    """One judged episode as it is kept; `places` are its tickets among the study's."""
    tickets = [study.tickets[place] for place in places]
    effects = [kept_effect(effect, EffectPart.AFTER, first) for effect in found.after.values()]
    if found.during is not None:
        effects.append(kept_effect(found.during, EffectPart.DURING, first))
    resolved = None if found.event_index is None else first + timedelta(days=found.event_index - 1)
    return Episode(
        id=_UNNUMBERED,
        account_id=study.account_id,
        ticket_ids=tuple(local.ticket.id for local in tickets),
        opened_on=first + timedelta(days=found.opened),
        resolved_on=resolved,
        high=any(local.ticket.high for local in tickets),
        restoration=None if found.restoration is None else _restoration(found.restoration, first),
        from_level_at_closing=finite(found.from_level_at_closing),
        effects=tuple(effects),
    )


def _restoration(found: Restoration, first: date) -> KeptRestoration:
    def day(index: int | None) -> date | None:
        return None if index is None else first + timedelta(days=index)

    return KeptRestoration(
        days=found.days,
        restored=found.restored,
        onset_on=day(found.onset_index),
        restored_on=day(found.restored_index),
        days_from_onset=finite(found.days_from_onset),
        days_after_resolution=finite(found.days_after_resolution),
    )


@dataclass(frozen=True, slots=True)
class MeterRows:
    """An account's meters that are known by day, one row each.

    Attributes:
        study: The account.
        ids: The meters.
        days: Their usage, shape (meters, days).
    """

    study: AccountStudy
    ids: tuple[MeterId, ...]
    days: NDArray[np.float64]

    @classmethod
    def of(cls, study: AccountStudy) -> MeterRows:
        """The meters of an account."""
        known = [(m.meter.id, m.daily) for m in study.usage.meters if m.daily is not None]
        days = np.vstack([daily for _, daily in known]) if known else np.zeros((0, 0))
        return cls(study, tuple(meter for meter, _ in known), days)

    def with_affected(self, episodes: Sequence[Episode]) -> list[Episode]:
        """The episodes with the effects on the meters that fell when they began."""
        if len(self.ids) < 2 or not episodes:
            return list(episodes)
        first = self.study.first_day
        starts = [(_began(episode) - first).days for episode in episodes]
        found = affected_meters(
            self.days,
            first.weekday(),
            sorted({max(s, 0) for s in starts}),
            masked=mask_of(self.study, episodes),
            unusual=self.study.unusual,
        )
        extended: list[Episode] = []
        for start, episode in zip(starts, episodes, strict=True):
            effects = [
                kept_effect(effect, EffectPart.DURING, first, self.ids[meter])
                for meter, effect in found.get(max(start, 0), ())
            ]
            extended.append(replace(episode, effects=(*episode.effects, *effects)))
        return extended


def _began(episode: Episode) -> date:
    back = episode.restoration
    return back.onset_on if back is not None and back.onset_on is not None else episode.opened_on


def mask_of(study: AccountStudy, episodes: Sequence[Episode]) -> NDArray[np.bool_]:
    """Days of the account's episodes on its own axis, shape (days,)."""
    return episode_days(study.first_day, study.usage.days, episodes)


def account_figures(study: AccountStudy, episodes: Sequence[Episode]) -> dict[str, Any]:
    """The account's own figures, ready to be kept as JSON."""
    if study.total is None:
        return {}
    days = as_days(study.total)
    seen = np.flatnonzero(np.isfinite(days))
    if not seen.size:
        return {}
    end = int(seen[-1]) + 1
    mask = mask_of(study, episodes)
    figures: dict[str, Any] = {
        "now": _up_to(study, days, mask, end),
        "earlier": _up_to(study, days, mask, end - EARLIER),
    }
    figures["recent_dip"] = _recent_dip(study, days[:end], mask[:end])
    figures["adoption"] = _adoption(study)
    figures["weeks"] = _weeks(study, days[:end])
    return figures


def _up_to(
    study: AccountStudy, days: NDArray[np.float64], mask: NDArray[np.bool_], end: int
) -> list[dict[str, Any]]:
    """Usage of the 7 and 28 days up to a day against expected, ready to be kept."""
    if end <= 0:
        return []
    longest = max(NOW_HORIZONS)
    # Without trouble lately both horizons see the same days, and what these let expect is worked out once.
    together = not mask[max(end - longest, 0) : end].any()
    groups = [NOW_HORIZONS] if together else [(horizon,) for horizon in NOW_HORIZONS]
    found: list[dict[str, Any]] = []
    for horizons in groups:
        before = mask[:end].copy()
        before[max(end - max(horizons), 0) :] = False
        for effect in last_effects(
            as_days(days[:end], before), study.first_day.weekday(), horizons, unusual=study.unusual[:end]
        ):
            kept = asdict(kept_effect(effect, EffectPart.NOW, study.first_day))
            kept["first_day"] = kept["first_day"].isoformat()
            found.append(kept)
    return found


def _weeks(study: AccountStudy, days: NDArray[np.float64]) -> dict[str, Any] | None:
    """Totals of the whole weeks, Monday first; a week with a day missing is not known."""
    monday = study.first_day + timedelta(days=-study.first_day.weekday() % 7)
    skipped = (monday - study.first_day).days
    whole = (days.size - skipped) // 7
    if whole < 1:
        return None
    totals = days[skipped : skipped + 7 * whole].reshape(whole, 7).sum(axis=1)
    return {"monday": monday.isoformat(), "totals": [finite(total) for total in totals.tolist()]}


def _recent_dip(
    study: AccountStudy, days: NDArray[np.float64], mask: NDArray[np.bool_]
) -> dict[str, Any] | None:
    before = mask.copy()
    before[max(days.size - SILENT_WITHIN, 0) :] = False
    dip = recent_dip(as_days(days, before), study.first_day.weekday())
    if dip.first is None:
        return None
    first = study.day(dip.first)
    since = first - timedelta(days=SILENT_WITHIN)
    near = [t for t in study.tickets if t.resolved_on is None or t.resolved_on >= since]
    return {
        "fired": dip.fired,
        "first_day": first.isoformat(),
        "days": dip.days,
        "estimate": finite(dip.estimate),
        "low": finite(dip.low),
        "high": finite(dip.high),
        "p_value": finite(dip.p_value),
        "tickets": len(near),
    }


def _adoption(study: AccountStudy) -> dict[str, Any] | None:
    known = [meter.daily for meter in study.usage.meters if meter.daily is not None]
    if not known:
        return None
    found = adoption(np.vstack(known))
    return {
        "used": found.used,
        "meters": found.entitled,
        "breadth": finite(found.breadth),
        "stickiness": finite(found.stickiness),
    }
