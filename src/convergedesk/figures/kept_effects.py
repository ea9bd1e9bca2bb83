"""Effects as they are kept in an account's JSON, read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from convergedesk.domain.episodes import EffectPart, KeptEffect


def effects_of(figures: str, name: str) -> tuple[KeptEffect, ...]:
    """The effects kept under a name: 'now', or 'earlier' for those of 28 days before; () without any."""
    return tuple(kept_effect(one) for one in json.loads(figures).get(name, ()))


def kept_effect(kept: Mapping[str, Any]) -> KeptEffect:
    """One effect from its JSON form."""
    values: dict[str, Any] = dict(kept)
    values["part"] = EffectPart(values["part"])
    values["first_day"] = date.fromisoformat(values["first_day"])
    return KeptEffect(**values)
