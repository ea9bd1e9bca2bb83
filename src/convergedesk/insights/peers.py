"""What happened to everybody on the same meter at the same time."""

from __future__ import annotations

import weakref

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.levels import BASELINES
from convergedesk.insights.series import Floats, Places

FEWEST_PEERS = 8


class PeerErrors:
    """The median forecast error of a meter's other accounts, for every origin.

    Built once per meter and horizon; every account's view leaves itself out, so one object serves all.
    """

    def __init__(self, matrix: ErrorMatrix) -> None:
        """Sort the accounts' errors at every origin.

        Args:
            matrix: Errors of the meter's accounts.
        """
        self.matrix = matrix
        self._sorted = {b: np.sort(matrix.errors[b], axis=0) for b in BASELINES}
        self._medians: dict[tuple[int, int | None], Floats] = {}
        self._known = {b: np.isfinite(matrix.errors[b]).sum(axis=0) for b in BASELINES}

    def median(self, baseline: int, *, leaving_out: int | None = None) -> Floats:
        """Median error at each origin, shape (days + 1,); NaN with fewer than eight peers.

        Args:
            baseline: Length of the baseline, one of `BASELINES`.
            leaving_out: Row of the account that is being judged, or None when it is not among them.
        """
        kept = self._medians.get((baseline, leaving_out))
        if kept is None:
            kept = self._median(baseline, leaving_out)
            self._medians[baseline, leaving_out] = kept
        return kept

    def _median(self, baseline: int, leaving_out: int | None) -> Floats:
        known = self._known[baseline]
        ordered = self._sorted[baseline]
        if leaving_out is None:
            rank = np.full(known.shape, ordered.shape[0], dtype=np.intp)
            return _middle(ordered, known, rank)
        own = self.matrix.errors[baseline][leaving_out]
        below = np.sum(ordered < own, axis=0, dtype=np.intp)
        rank = np.where(np.isfinite(own), below, ordered.shape[0])
        return _middle(ordered, known - np.isfinite(own), rank)


def _middle(ordered: Floats, count: Places, without: Places) -> Floats:
    """Median of each column's first values once the one at rank `without` is taken out."""
    columns = np.arange(ordered.shape[1], dtype=np.intp)
    enough = count >= FEWEST_PEERS
    median = np.full(count.shape, np.nan)
    if not enough.any():
        return median
    lower, upper = np.maximum(count - 1, 0) // 2, count // 2
    last = ordered.shape[0] - 1
    low = ordered[np.minimum(lower + (lower >= without), last), columns]
    high = ordered[np.minimum(upper + (upper >= without), last), columns]
    median[enough] = 0.5 * (low[enough] + high[enough])
    return median


_Key = tuple[int, int, int, int, int]
_kept: dict[_Key, tuple[weakref.ref[NDArray[np.float64]], PeerErrors]] = {}
_MOST_KEPT = 64


def peer_errors(peers: ArrayLike, first_weekday: int, horizon: int, lead: int = 0) -> PeerErrors | None:
    """Errors of a raw matrix of peers, shape (accounts, days); None with fewer than eight peers.

    A read-only array is judged once and remembered while it lives; a writable one is judged anew each
    time, because it may have changed.
    """
    array = np.asarray(peers, dtype=np.float64)
    if array.ndim != 2 or array.shape[0] < FEWEST_PEERS or array.shape[1] == 0:
        return None
    if array.flags.writeable or array is not peers:
        return PeerErrors(ErrorMatrix(array, first_weekday, horizon, lead=lead))
    return _remembered(array, first_weekday, horizon, lead)


def _remembered(array: NDArray[np.float64], first_weekday: int, horizon: int, lead: int) -> PeerErrors:
    key = (id(array), array.shape[1], first_weekday % 7, horizon, lead)
    found = _kept.get(key)
    if found is not None and found[0]() is array:
        return found[1]
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    made = PeerErrors(ErrorMatrix(array, first_weekday, horizon, lead=lead))
    _kept[key] = (weakref.ref(array), made)
    return made
