"""How a band of health looks, wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping

BANDS: Mapping[str, tuple[str, str]] = {
    "healthy": ("good", "check-circle"),
    "watch": ("warning", "warning"),
    "at risk": ("critical", "warning-octagon"),
}
"""Kind of badge and icon by band."""
