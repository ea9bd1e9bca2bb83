"""statsmodels: a local level with a weekday pattern on the logarithm, as CausalImpact has it."""

import warnings

import numpy as np
from statsmodels.tsa.statespace.structural import UnobservedComponents

DRAWS = 400


def effect(usage, event, horizon, seed=0):
    """(estimate, low, high) of the days after the event against what the model foresaw, at 95 %."""
    before = np.log(np.where(np.isfinite(usage[:event]), usage[:event], np.nan) + 0.5)
    with warnings.catch_warnings():
        # It warns of almost every short series that its maximum is flat.
        warnings.simplefilter("ignore")
        model = UnobservedComponents(before, level="local level", seasonal=7, stochastic_seasonal=False)
        fitted = model.fit(disp=False, method="lbfgs", maxiter=100)
        paths = fitted.simulate(
            horizon, anchor="end", repetitions=DRAWS, rng=np.random.default_rng(seed)
        ).reshape(horizon, -1)
    after = usage[event : event + horizon]
    there = np.isfinite(after)
    foreseen = (np.exp(paths) - 0.5)[there].sum(axis=0)
    low, middle, high = np.quantile(foreseen, (0.025, 0.5, 0.975))
    total = after[there].sum()
    return tuple(total / max(expected, 0.5) - 1.0 for expected in (middle, high, low))
