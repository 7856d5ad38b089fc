"""Paired cluster bootstrap: percentile intervals of figures and of their differences, and Holm.

A cluster (a photo, an outfit, a question) is drawn whole, since the rows within it depend on each
other. All statistics of a call are computed on the same draws, so differences are paired. Figures
that are compared need the same clusters in the same order; with the same seed the draws are then
the same in separate calls too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

# Weights float64 [B, N], how often each row was drawn → the statistic [B].
Statistic = Callable[[np.ndarray], np.ndarray]
RESAMPLES = 10_000
# Weights held in memory at once.
BLOCK = 4_000_000


@dataclass(frozen=True)
class Estimate:
    """A figure or a difference, its 95 % interval and, for a difference, the two-sided p."""

    value: float
    low: float
    high: float
    p: float | None = None


@dataclass(frozen=True)
class Bootstrap:
    """Each statistic on the data itself (`values`) and on the resamples [B] (`samples`)."""

    values: dict[str, float]
    samples: dict[str, np.ndarray]

    def estimate(self, name: str, level: float = 0.95) -> Estimate:
        """A figure with its percentile interval."""
        return Estimate(self.values[name], *percentiles(self.samples[name], level))

    def difference(self, name: str, other: str, level: float = 0.95) -> Estimate:
        """`name` minus `other`, paired."""
        samples = self.samples[name] - self.samples[other]
        value = self.values[name] - self.values[other]
        return Estimate(value, *percentiles(samples, level), p_value(samples))


def bootstrap(
    statistics: Mapping[str, Statistic],
    clusters: np.ndarray,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> Bootstrap:
    """Statistics of N rows whose clusters are `clusters` [N], any labels."""
    whole = np.ones((1, len(clusters)))
    values = {name: float(statistic(whole)[0]) for name, statistic in statistics.items()}
    parts: dict[str, list[np.ndarray]] = {name: [np.zeros(0)] for name in statistics}
    for weights in draws(clusters, resamples, seed):
        for name, statistic in statistics.items():
            parts[name].append(statistic(weights))
    return Bootstrap(values, {name: np.concatenate(part) for name, part in parts.items()})


def draws(clusters: np.ndarray, resamples: int, seed: int) -> Iterator[np.ndarray]:
    """Blocks [b, N] of how often each row is in a resample of the clusters, `resamples` in all."""
    names, member = np.unique(clusters, return_inverse=True)
    count = len(names)
    if not count:
        raise ValueError("no clusters to draw from")
    rng = np.random.default_rng(seed)
    step = max(1, BLOCK // len(member))
    for start in range(0, resamples, step):
        size = min(step, resamples - start)
        drawn = rng.integers(0, count, (size, count)) + count * np.arange(size)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=size * count).reshape(size, count)
        yield counts[:, member].astype(np.float64)


def weighted_mean(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Mean of values [N] under weights [B, N] → [B]; `partial` makes a statistic of it."""
    return weights @ np.asarray(values, np.float64) / weights.sum(1)


def percentiles(samples: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """The percentile interval of samples [B]; those that are undefined (NaN) are left out."""
    samples = samples[~np.isnan(samples)]
    if not len(samples):
        return float("nan"), float("nan")
    low, high = np.quantile(samples, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def p_value(differences: np.ndarray) -> float:
    """Two-sided p of resampled differences [B] against 0; never 0 with finitely many draws."""
    differences = differences[~np.isnan(differences)]
    tail = min((differences <= 0).sum(), (differences >= 0).sum())
    return float(min(1.0, 2 * (tail + 1) / (len(differences) + 1)))


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's adjusted p values of one family of comparisons, by name."""
    adjusted: dict[str, float] = {}
    largest = 0.0
    for place, name in enumerate(sorted(p_values, key=lambda n: p_values[n])):
        largest = max(largest, min(1.0, (len(p_values) - place) * p_values[name]))
        adjusted[name] = largest
    return {name: adjusted[name] for name in p_values}
