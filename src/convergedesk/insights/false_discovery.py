"""Many questions at once: which findings to keep so that few of those kept are chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.series import Flags, Floats


def adjusted_p_values(p_values: ArrayLike) -> Floats:
    """Benjamini-Hochberg adjusted p-values, same shape; NaN stays NaN and counts as not asked.

    Source: Benjamini and Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x.

    Args:
        p_values: p-values, any shape.
    """
    given = np.asarray(p_values, dtype=np.float64)
    flat = given.ravel()
    adjusted = np.full(flat.shape, np.nan)
    asked = np.flatnonzero(np.isfinite(flat))
    order = asked[np.argsort(flat[asked], kind="stable")]
    ranks = np.arange(1, order.size + 1, dtype=np.float64)
    raised = flat[order] * order.size / ranks
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return adjusted.reshape(given.shape)


def benjamini_hochberg(p_values: ArrayLike, q: float = 0.10) -> Flags:
    """Which findings to keep so that at most a share `q` of them is expected to be chance, same shape."""
    adjusted = adjusted_p_values(p_values)
    return np.isfinite(adjusted) & (adjusted <= q)
