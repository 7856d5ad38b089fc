"""From cosines to scores that mean something: `... calibrate_matches --queries FOLDER`.

A score is the share of such matches that agree with the query in category and dominant colour. It
is fitted on garments kept aside from train, and its reliability is drawn on the measured split.
Writes `embedder.score` into the manifest.
"""

import argparse
import json
import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from armoire.data.coco import read_coco
from armoire.deploy.export import WEIGHTS
from armoire.evaluation.reliability import draw, expected_error
from armoire.photo import CATEGORIES
from armoire.retrieval import crop_sets as garments
from armoire.retrieval import pairs
from armoire.retrieval.baselines import embed_all, shipped
from armoire.retrieval.cutout import Crops, Eye
from armoire.retrieval.nearest import nearest
from armoire.training.config import GARMENTS, data_root

log = logging.getLogger(__name__)
# A first page, and from there on every twentieth, so that far matches are known of too.
RANKS = np.r_[0:20, 39:1000:20]
PAGE = 20
BINS = 16
# The share of matches of the category asked for below which matches are no longer shown.
WORTH = 1 / 3
# As many queries as the overall cutoff counts for beside a category's own.
PRIOR = 10


@dataclass
class Matches:
    """Pairs of a query and a neighbour: cosine, what agrees, its weight, its query's category.

    All [Q, R], ranks along the second axis; weights sum to 1.
    """

    cosine: np.ndarray
    category: np.ndarray
    colour: np.ndarray
    weight: np.ndarray
    asked: np.ndarray

    @property
    def right(self) -> np.ndarray:
        return self.category & self.colour

    def first(self, count: int) -> "Matches":
        """The first ranks alone."""
        parts = (self.cosine, self.category, self.colour)
        weight = self.weight[:, :count]
        return Matches(*(p[:, :count] for p in parts), weight / weight.sum(), self.asked)


def matches(embed, queries: list[Crops], items: Crops) -> Matches:
    """Neighbours of every query among the items; each collection of queries counts the same."""
    gallery = embed_all(embed, items.pixels)
    ranks = RANKS[len(gallery) > RANKS]
    found = []
    for crops in queries:
        cosine, order = nearest(embed_all(embed, crops.pixels), gallery, int(ranks[-1]) + 1)
        cosine, order = cosine[:, ranks], order[:, ranks]
        agree = [items.column(n)[order] == crops.column(n)[:, None] for n in ("category", "colour")]
        weight = np.full(cosine.shape, 1 / cosine.size / len(queries))
        found.append((cosine, *agree, weight, crops.column("category")))
    return Matches(*(np.concatenate(column) for column in zip(*found, strict=True)))


def monotone(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The non-decreasing sequence nearest to `values` (pooling adjacent violators)."""
    blocks: list[list[float]] = []
    for value, weight in zip(values, weights, strict=True):
        blocks.append([value, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value, weight, count = blocks.pop()
            last = blocks[-1]
            total = last[1] + weight
            blocks[-1] = [(last[0] * last[1] + value * weight) / total, total, last[2] + count]
    return np.concatenate([np.full(int(count), value) for value, _, count in blocks])


def fit_points(x: np.ndarray, right: np.ndarray, weight: np.ndarray, bins: int = BINS):
    """(x, share that is right), both ascending: means of bins of equal weight."""
    order = np.argsort(x, kind="stable")
    share = np.cumsum(weight[order])
    # The last bin in quarters: that is where a shopper's own item lies, and where scores rise most.
    cuts = np.r_[np.arange(1, bins), bins - np.array([0.75, 0.5, 0.25])] / bins * share[-1]
    edges = np.searchsorted(share, np.sort(cuts))
    parts = [p for p in np.split(order, edges) if len(p)]
    means = np.array([np.average(x[p], weights=weight[p]) for p in parts])
    shares = np.array([np.average(right[p], weights=weight[p]) for p in parts])
    return means, monotone(shares, np.array([weight[p].sum() for p in parts]))


def score_of(cosine: np.ndarray, points: list[list[float]]) -> np.ndarray:
    """The score of cosines: linear between the points, flat outside, as the server has it."""
    xs, ys = np.array(points).T
    return np.interp(cosine, xs, ys)


def cutoffs(found: Matches, points: list[list[float]]) -> dict:
    """Where matches stop being worth showing.

    The score below which less than a third of a category's matches are of the query's category; it
    leaves nine in ten of the queries ten matches. Categories with few queries lean on the
    overall value.
    """
    score = score_of(found.cosine, points)
    overall = _cutoff(score, found, np.ones(len(score), bool))
    by_category = {}
    for number, name in enumerate(CATEGORIES, 1):
        mine = found.asked == number
        count = int(mine.sum())
        own = _cutoff(score, found, mine) if count else overall
        by_category[name] = round((count * own + PRIOR * overall) / (count + PRIOR), 3)
    return {"cutoff": round(overall, 3), "cutoffByCategory": by_category}


def _cutoff(score: np.ndarray, found: Matches, mine: np.ndarray) -> float:
    values, weight = score[mine].ravel(), found.weight[mine].ravel()
    xs, shares = fit_points(values, found.category[mine].ravel(), weight, bins=8)
    worth = xs[shares >= WORTH]
    lowest = float(worth[0]) if len(worth) else 1.0
    tenth = score[mine][:, min(9, score.shape[1] - 1)]
    return min(lowest, float(np.quantile(tenth, 0.1)))


def held_out(eye: Eye, data: Path) -> tuple[list[Crops], Crops]:
    """Queries kept aside from train, street garments and worn views; train's shop items."""
    samples = read_coco(data, "train")
    dev = {s.identifier for s in pairs.split_dev(samples)[1]}
    street = [s for s in samples if s.source == "user" and s.garments]
    asked = garments.street_garments(eye, street, "street-train").part(lambda r: r["item"] in dev)
    _, worn = next(pairs.worn_views(eye, samples))
    return [asked, worn], garments.shop_items(eye, garments.items_of(samples), "shop-train")


def measured(eye: Eye, data: Path, split: str, folder: Path, items: Crops) -> tuple[list, Crops]:
    """The measured split's street garments and photo-like queries; all items."""
    samples = read_coco(data, split)
    shop = garments.items_of(samples)
    street = [s for s in samples if s.source == "user" and s.garments]
    queries = [
        garments.street_garments(eye, street, f"street-{split}"),
        garments.photo_queries(eye, folder, shop, f"queries-{split}"),
    ]
    return queries, Crops.join([garments.shop_items(eye, shop, f"shop-{split}"), items])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS))
    parser.add_argument("--split", default="val")
    parser.add_argument("--queries", type=Path, required=True, help="folder of photo-like queries")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--diagram", type=Path, help="PNG of the reliability on the split")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    eye, embed = Eye(options.weights), shipped(options.weights)
    asked, items = held_out(eye, options.data)
    fitted = matches(embed, asked, items)
    xs, ys = fit_points(fitted.cosine.ravel(), fitted.right.ravel(), fitted.weight.ravel())
    points = [[round(float(x), 4), round(float(y), 4)] for x, y in zip(xs, ys, strict=True)]
    result = {"points": points, **cutoffs(fitted, points)}
    seen = matches(embed, *measured(eye, options.data, options.split, options.queries, items))
    curves, errors = {}, {}
    for name, part in (("first page", seen.first(PAGE)), ("all ranks", seen)):
        right, weight = part.right.ravel(), part.weight.ravel()
        before, after = np.clip(part.cosine.ravel(), 0, 1), score_of(part.cosine.ravel(), points)
        curves[name] = {"cosine": (before, right, weight), "score": (after, right, weight)}
        errors[name] = {
            "pairs": int(part.cosine.size),
            "before": round(expected_error(before, right, weight), 4),
            "after": round(expected_error(after, right, weight), 4),
        }
    print(json.dumps({"score": result, "expectedCalibrationError": errors}, indent=2))
    if options.diagram:
        draw(curves, options.diagram)
    path = options.weights / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["embedder"]["score"] = result
    manifest.setdefault("retrieval", {})["calibration"] = errors
    path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
