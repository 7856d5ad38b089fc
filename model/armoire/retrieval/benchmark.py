"""In-shop retrieval: is an item found again, and do neighbours agree?

The catalogue is all annotated shop photos of train and of the measured split, one item each, cut
out by the shipped parser. Queries are photo-like (they should find their own item) and the street
garments of the measured split (their neighbours should have their category and colour).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from armoire.data.coco import read_coco
from armoire.retrieval.crop_sets import item_samples, photo_queries, shop_items, street_garments
from armoire.retrieval.cutout import Crops, GarmentDetector
from armoire.retrieval.embed import Embed, embed_all, milliseconds
from armoire.retrieval.nearest import nearest, precision_at, recall

RANKS = (1, 10, 20)


@dataclass
class Benchmark:
    """Crops of the catalogue, of its photos compressed again, and of both kinds of queries."""

    items: Crops
    reencoded: Crops
    queries: Crops | None
    street: Crops

    @property
    def row_of_item(self) -> dict[int, int]:
        """Item id → row of `items`."""
        return {int(item): row for row, item in enumerate(self.items.column("item"))}


def read_benchmark(
    detector: GarmentDetector, data: Path, split: str, queries: Path | None
) -> Benchmark:
    """Cuts out the benchmark's crops; `queries` is a folder of photo-like queries."""
    measured = read_coco(data, split)
    shop = item_samples(measured)
    more = item_samples(read_coco(data, "train")) if split != "train" else []
    street = [s for s in measured if s.source == "user" and s.garments]
    items = [shop_items(detector, shop, f"shop-{split}")]
    if more:
        items.append(shop_items(detector, more, "shop-train"))
    return Benchmark(
        items=Crops.join(items),
        queries=photo_queries(detector, queries, shop, f"queries-{split}") if queries else None,
        reencoded=shop_items(detector, shop, f"again-{split}", reencoded=True),
        street=street_garments(detector, street, f"street-{split}"),
    )


def measure(embed: Embed, bench: Benchmark) -> dict:
    """All figures of one embedder, as the manifest's `retrieval` has them."""
    gallery = embed_all(embed, bench.items)
    result = {
        "ownPhotoAgain": recall_of(embed, bench.reencoded, gallery, bench.row_of_item),
        "street": neighbour_agreement(embed, bench.street, gallery, bench.items),
        "millisecondsPerGarment": milliseconds(embed, bench.items),
    }
    if bench.queries:
        hits = recall_of(embed, bench.queries, gallery, bench.row_of_item)
        share = bench.queries.found
        result["photoQueries"] = {
            "queries": len(bench.queries.rows) + len(bench.queries.missed),
            "garmentFound": round(share, 4),
            "amongFound": hits,
            "overAll": {name: round(value * share, 4) for name, value in hits.items()},
        }
    return result


def recall_of(embed: Embed, asked: Crops, gallery: np.ndarray, place: dict) -> dict[str, float]:
    """recall@k of queries for their own items; `place` is item id → row of the gallery [N, D]."""
    answers = torch.tensor([place[int(item)] for item in asked.column("item")])
    vectors = torch.from_numpy(embed_all(embed, asked))
    hits = recall(vectors, torch.from_numpy(gallery), answers, RANKS)
    return {name: round(value, 4) for name, value in hits.items()}


def neighbour_agreement(embed: Embed, asked: Crops, gallery: np.ndarray, items: Crops) -> dict:
    """precision@10 by category, by annotated colour, and by both."""
    _, order = nearest(embed_all(embed, asked), gallery, 10)
    category, colour = (
        items.column(name)[order] == asked.column(name)[:, None] for name in ("category", "colour")
    )
    return {
        "garments": len(asked.rows) + len(asked.missed),
        "garmentFound": round(asked.found, 4),
        "category@10": round(
            precision_at(order, asked.column("category"), items.column("category")), 4
        ),
        "colour@10": round(precision_at(order, asked.column("colour"), items.column("colour")), 4),
        "both@10": round(float((category & colour).mean()), 4),
    }


def table(results: dict[str, dict]) -> str:
    """The comparison in Markdown; `results` are `measure`'s by embedder."""
    names = ["recall@1", "@10", "@20", "@1 over all", "@10", "@20"]
    names += ["category@10", "colour@10", "both@10", "ms a garment"]
    lines = ["| embedding | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names)]
    for name, result in results.items():
        cells = []
        if "photoQueries" in result:
            for part in ("amongFound", "overAll"):
                cells += [result["photoQueries"][part][f"recall@{k}"] for k in RANKS]
        else:
            cells += [None] * 6
        cells += [result["street"][f"{what}@10"] for what in ("category", "colour", "both")]
        text = ["n/a" if c is None else f"{c:.3f}" for c in cells]
        text.append(str(result["millisecondsPerGarment"]))
        lines.append(f"| {name} | " + " | ".join(text) + " |")
    return "\n".join(lines)
