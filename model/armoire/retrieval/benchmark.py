"""Retrieval by exported files: `... retrieve --queries FOLDER [--compare NAME=FOLDER ...]`.

The catalogue is all annotated shop photos of the training and the measured split, one item each,
found and cut out by the shipped parser. Asked are photo-like queries (FOLDER/queries.json: file,
item, bbox), which must find their item, and the street garments of the measured split, whose
neighbours should be of their category and colour.
"""

import argparse
import json
import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from armoire.data.coco import read_coco
from armoire.deploy.export import WEIGHTS
from armoire.retrieval import crop_sets as garments
from armoire.retrieval.baselines import (
    Embed,
    embed_all,
    lab_histogram,
    milliseconds,
    raw_features,
    shipped,
)
from armoire.retrieval.colours import measure_colours
from armoire.retrieval.cutout import Crops, Eye
from armoire.retrieval.nearest import agreement, nearest, recall
from armoire.training.config import GARMENTS, data_root

log = logging.getLogger(__name__)
RANKS = (1, 10, 20)


@dataclass
class Bench:
    """The catalogue's crops, and those that are asked with."""

    items: Crops
    again: Crops
    queries: Crops | None
    street: Crops

    @property
    def place(self) -> dict[int, int]:
        """Item id → row of the catalogue."""
        return {int(item): row for row, item in enumerate(self.items.column("item"))}


def set_up(options: argparse.Namespace) -> Bench:
    eye = Eye(options.weights)
    measured = read_coco(options.data, options.split)
    learnt = read_coco(options.data, "train") if options.split != "train" else []
    shop, more = garments.items_of(measured), garments.items_of(learnt)
    street = [s for s in measured if s.source == "user" and s.garments]
    split = options.split
    found = [garments.shop_items(eye, shop, f"shop-{split}")]
    if more:
        found.append(garments.shop_items(eye, more, "shop-train"))
    queries = None
    if options.queries:
        queries = garments.photo_queries(eye, options.queries, shop, f"queries-{split}")
    again = garments.shop_items(eye, shop, f"again-{split}", again=True)
    return Bench(
        Crops.join(found), again, queries, garments.street_garments(eye, street, f"street-{split}")
    )


def measure(embed: Embed, bench: Bench) -> dict:
    """All figures of one embedder."""
    gallery = embed_all(embed, bench.items.pixels)
    result = {
        "ownPhotoAgain": found_again(embed, bench.again, gallery, bench.place),
        "street": neighbours_agree(embed, bench.street, gallery, bench.items),
        "millisecondsPerGarment": milliseconds(embed, bench.items.pixels),
    }
    if bench.queries:
        hits = found_again(embed, bench.queries, gallery, bench.place)
        share = bench.queries.found
        result["photoQueries"] = {
            "queries": len(bench.queries.rows) + len(bench.queries.missed),
            "garmentFound": round(share, 4),
            "amongFound": hits,
            "overAll": {name: round(value * share, 4) for name, value in hits.items()},
        }
    return result


def found_again(embed: Embed, asked: Crops, gallery: np.ndarray, place: dict) -> dict[str, float]:
    answers = torch.tensor([place[int(item)] for item in asked.column("item")])
    vectors = torch.from_numpy(embed_all(embed, asked.pixels))
    hits = recall(vectors, torch.from_numpy(gallery), answers, RANKS)
    return {name: round(value, 4) for name, value in hits.items()}


def neighbours_agree(embed: Embed, asked: Crops, gallery: np.ndarray, items: Crops) -> dict:
    """Agreement at 10 in category, in the data set's colour, and in both at once."""
    _, order = nearest(embed_all(embed, asked.pixels), gallery, 10)
    category, colour = (
        items.column(name)[order] == asked.column(name)[:, None] for name in ("category", "colour")
    )
    return {
        "garments": len(asked.rows) + len(asked.missed),
        "garmentFound": round(asked.found, 4),
        "category@10": round(
            agreement(order, asked.column("category"), items.column("category")), 4
        ),
        "colour@10": round(agreement(order, asked.column("colour"), items.column("colour")), 4),
        "both@10": round(float((category & colour).mean()), 4),
    }


def table(results: dict[str, dict]) -> str:
    """The comparison in Markdown."""
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


def embedders(options: argparse.Namespace) -> dict[str, Embed]:
    """The shipped one last, after the baselines and whatever it is compared with."""
    found: dict[str, Embed] = {}
    if options.compare is not None:
        found["Lab colour histogram"] = lab_histogram
        found["backbone features, pooled"] = raw_features(options.weights / "parser.onnx")
        for entry in options.compare:
            name, _, folder = entry.partition("=")
            found[name] = shipped(Path(folder))
    return found | {"shipped": shipped(options.weights)}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS))
    parser.add_argument("--split", default="val")
    parser.add_argument("--queries", type=Path, help="folder of photo-like queries")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--compare", nargs="*", help="with the baselines and NAME=FOLDER of others")
    parser.add_argument("--update-manifest", action="store_true")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    bench = set_up(options)
    results = {}
    for name, embed in embedders(options).items():
        results[name] = measure(embed, bench)
        log.info("%s: %s", name, json.dumps(results[name]))
    results["shipped"] |= measure_colours(options.weights, bench.items, bench.street)
    print(table(results))
    print(json.dumps(results["shipped"], indent=2))
    if options.update_manifest:
        whole = int(bench.items.column("whole").sum())
        counts = {"items": len(bench.items.rows), "embeddedWhole": whole}
        path = options.weights / "manifest.json"
        manifest = json.loads(path.read_text())
        keep = {k: v for k, v in manifest.get("retrieval", {}).items() if k == "calibration"}
        manifest["retrieval"] = counts | results["shipped"] | keep
        path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
