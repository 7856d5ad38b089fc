"""Calibrates matches: cosine → the share of such matches with the query's category and colour.

Fitted on the dev part of train; reliability is measured on another split. The manifest's
`embedder.score` has the points of the curve and the cutoffs below which matches are not shown.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from armoire.data.coco import read_coco
from armoire.photo import CATEGORIES
from armoire.retrieval import crop_sets, pairs
from armoire.retrieval.cutout import Crops, GarmentDetector
from armoire.retrieval.embed import Embed, embed_all
from armoire.retrieval.nearest import nearest

# The first page, then every twentieth rank, so that distant matches are covered too.
RANKS = np.r_[0:20, 39:1000:20]
PAGE_SIZE = 20
NUM_BINS = 16
# Matches are shown as long as at least this share of them has the query's category.
MIN_CATEGORY_PRECISION = 1 / 3
# The overall cutoff counts as much as so many queries of a category.
PRIOR_QUERIES = 10


@dataclass
class Matches:
    """Queries and their neighbours [Q, R], ranks along the second axis.

    `category` and `colour` say whether they agree; weights sum to 1; `query_category` [Q] is 1–13.
    """

    cosine: np.ndarray
    category: np.ndarray
    colour: np.ndarray
    weight: np.ndarray
    query_category: np.ndarray

    @property
    def right(self) -> np.ndarray:
        """Whether category and colour both agree."""
        return self.category & self.colour

    def first(self, count: int) -> "Matches":
        """The first `count` ranks alone."""
        parts = (self.cosine, self.category, self.colour)
        weight = self.weight[:, :count]
        return Matches(*(p[:, :count] for p in parts), weight / weight.sum(), self.query_category)


def find_matches(embed: Embed, queries: list[Crops], items: Crops) -> Matches:
    """Neighbours of every query among the items; each set of queries has the same weight."""
    gallery = embed_all(embed, items)
    ranks = RANKS[len(gallery) > RANKS]
    found = []
    for crops in queries:
        cosine, order = nearest(embed_all(embed, crops), gallery, int(ranks[-1]) + 1)
        cosine, order = cosine[:, ranks], order[:, ranks]
        agree = [items.column(n)[order] == crops.column(n)[:, None] for n in ("category", "colour")]
        weight = np.full(cosine.shape, 1 / cosine.size / len(queries))
        found.append((cosine, *agree, weight, crops.column("category")))
    return Matches(*(np.concatenate(column) for column in zip(*found, strict=True)))


def isotonic(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Isotonic regression: the nearest non-decreasing sequence, by pooling adjacent violators."""
    blocks: list[list[float]] = []
    for value, weight in zip(values, weights, strict=True):
        blocks.append([value, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value, weight, count = blocks.pop()
            last = blocks[-1]
            total = last[1] + weight
            blocks[-1] = [(last[0] * last[1] + value * weight) / total, total, last[2] + count]
    return np.concatenate([np.full(int(count), value) for value, _, count in blocks])


def fit_points(x: np.ndarray, right: np.ndarray, weight: np.ndarray, bins: int = NUM_BINS):
    """(x, share that is right), both ascending: the means of bins of equal weight."""
    order = np.argsort(x, kind="stable")
    share = np.cumsum(weight[order])
    # The last bin is split in four: a shopper's own item lies there, and scores rise steeply.
    cuts = np.r_[np.arange(1, bins), bins - np.array([0.75, 0.5, 0.25])] / bins * share[-1]
    edges = np.searchsorted(share, np.sort(cuts))
    parts = [p for p in np.split(order, edges) if len(p)]
    means = np.array([np.average(x[p], weights=weight[p]) for p in parts])
    shares = np.array([np.average(right[p], weights=weight[p]) for p in parts])
    return means, isotonic(shares, np.array([weight[p].sum() for p in parts]))


def score_of(cosine: np.ndarray, points: list[list[float]]) -> np.ndarray:
    """The scores of cosines as the server computes them: linear between points, flat outside."""
    xs, ys = np.array(points).T
    return np.interp(cosine, xs, ys)


def cutoffs(found: Matches, points: list[list[float]]) -> dict:
    """The scores below which matches are not shown: overall and by the query's category.

    From the cutoff on, at least a third of the matches have the query's category. It is lowered if
    fewer than nine in ten queries would keep ten matches. Categories with few queries are drawn
    towards the overall cutoff.
    """
    score = score_of(found.cosine, points)
    overall = _cutoff(score, found, np.ones(len(score), bool))
    by_category = {}
    for number, name in enumerate(CATEGORIES, 1):
        mine = found.query_category == number
        count = int(mine.sum())
        own = _cutoff(score, found, mine) if count else overall
        by_category[name] = round(
            (count * own + PRIOR_QUERIES * overall) / (count + PRIOR_QUERIES), 3
        )
    return {"cutoff": round(overall, 3), "cutoffByCategory": by_category}


def _cutoff(score: np.ndarray, found: Matches, mine: np.ndarray) -> float:
    values, weight = score[mine].ravel(), found.weight[mine].ravel()
    xs, shares = fit_points(values, found.category[mine].ravel(), weight, bins=8)
    worthwhile = xs[shares >= MIN_CATEGORY_PRECISION]
    lowest = float(worthwhile[0]) if len(worthwhile) else 1.0
    tenth = score[mine][:, min(9, score.shape[1] - 1)]
    return min(lowest, float(np.quantile(tenth, 0.1)))


def dev_matches(detector: GarmentDetector, data: Path) -> tuple[list[Crops], Crops]:
    """Queries of the dev part (street garments, worn views), and train's items."""
    samples = read_coco(data, "train")
    dev = pairs.split_dev(samples)[1]
    street = [s for s in dev if s.source == "user" and s.garments]
    asked = crop_sets.street_garments(detector, street, "street-dev")
    _, worn = next(pairs.worn_views(detector, samples))
    items = crop_sets.item_samples(samples)
    return [asked, worn], crop_sets.shop_items(detector, items, "shop-train")


def split_matches(
    detector: GarmentDetector, data: Path, split: str, folder: Path, items: Crops
) -> tuple[list[Crops], Crops]:
    """A split's queries (street garments, photo-like ones of a folder); its items with others."""
    samples = read_coco(data, split)
    shop = crop_sets.item_samples(samples)
    street = [s for s in samples if s.source == "user" and s.garments]
    queries = [
        crop_sets.street_garments(detector, street, f"street-{split}"),
        crop_sets.photo_queries(detector, folder, shop, f"queries-{split}"),
    ]
    return queries, Crops.join([crop_sets.shop_items(detector, shop, f"shop-{split}"), items])
