"""DeepFashion2's consumer-to-shop retrieval: `python -m armoire.consumer_to_shop FOLDER`.

Scores a result file (`--results FILE`), or makes one with the exported files first (`--out FILE`).
A result is {query_image_id, query_bbox, query_cls, query_score, gallery_image_id [20],
gallery_bbox [20]}; boxes are x1, y1, x2, y2 in pixels of their photos, as the data set's own
examples have them.
"""

import argparse
import json
import logging
from collections import defaultdict
from pathlib import Path

import numpy as np
from tqdm import tqdm

from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.sample import Garment, Sample, read_rgb
from armoire.deploy.export import WEIGHTS
from armoire.deploy.runtime import ShippedEmbedder
from armoire.retrieval.cutout import Eye, overlap
from armoire.retrieval.nearest import nearest

log = logging.getLogger(__name__)
TOPS = (1, 5, 10, 15, 20)
SHARED = 0.5


def stand_ins(garments: list[Garment], detections: list[dict]) -> list[dict | None]:
    """For each annotated garment the detection that stands for it; None if it was missed.

    A detection belongs to the garment that it overlaps most; among a garment's detections of the
    right category the best scoring one stands.
    """
    chosen: list[dict | None] = [None] * len(garments)
    boxes = np.float32([g.box for g in garments]).reshape(-1, 4)
    for detection in detections:
        shared = overlap(boxes, np.float32(detection["query_bbox"]))
        place = int(shared.argmax())
        if shared[place] <= 0 or detection["query_cls"] != garments[place].category:
            continue
        best = chosen[place]
        if best is None or detection["query_score"] > best["query_score"]:
            chosen[place] = detection
    return chosen


def first_hit(result: dict, wanted: list[tuple[int, np.ndarray]]) -> int | None:
    """Rank from 1 of the first retrieved box that covers a wanted garment (photo, box)."""
    for rank, (photo, box) in enumerate(
        zip(result["gallery_image_id"], result["gallery_bbox"], strict=True), 1
    ):
        boxes = np.float32([b for p, b in wanted if p == photo]).reshape(-1, 4)
        if len(boxes) and overlap(boxes, np.float32(box)).max() >= SHARED:
            return rank
    return None


def score(samples: list[Sample], results: list[dict]) -> dict:
    """Top-k over all queries: garments of shoppers' photos that have a style."""
    sold: dict[tuple[int, int], list[tuple[int, np.ndarray]]] = defaultdict(list)
    for sample in samples:
        if sample.source == "shop":
            for garment in sample.garments:
                sold[identity(garment)].append((sample.identifier, garment.box))
    by_photo: dict[int, list[dict]] = defaultdict(list)
    for result in results:
        by_photo[result["query_image_id"]].append(result)
    ranks, missed, unsold = [], 0, 0
    for sample in samples:
        if sample.source != "user" or not sample.garments:
            continue
        stands = stand_ins(sample.garments, by_photo[sample.identifier])
        for garment, result in zip(sample.garments, stands, strict=True):
            if garment.extra["style"] <= 0:
                continue
            wanted = sold[identity(garment)]
            missed += result is None
            unsold += not wanted
            ranks.append(first_hit(result, wanted) if result else None)
    hits = np.array([rank or np.inf for rank in ranks])
    top = {f"top-{k}": round(float((hits <= k).mean()), 4) if ranks else 0.0 for k in TOPS}
    return top | {"queries": len(ranks), "missed": missed, "withoutShopPhoto": unsold}


def identity(garment: Garment) -> tuple[int, int]:
    return garment.extra["pair_id"], garment.extra["style"]


def detect(eye: Eye, embedder: ShippedEmbedder, samples: list[Sample], what: str) -> list[dict]:
    """Every confident garment of the photos: photo, box, category, score and vector."""
    found = []
    for sample in tqdm(samples, desc=what, unit="photo", mininterval=10):
        try:
            photo = read_rgb(sample.path)
        except ValueError as error:
            log.warning("skipped: %s", error)
            continue
        garments = eye.find(photo)
        for index in range(len(garments["labels"])):
            crop = eye.crop(photo, garments, index)
            found.append(
                {
                    "photo": sample.identifier,
                    "box": [round(float(v), 1) for v in garments["boxes"][index]],
                    "category": int(garments["labels"][index]),
                    "score": round(float(garments["scores"][index]), 4),
                    "vector": embedder(crop[None])[0],
                }
            )
    return found


def retrieve(weights: Path, samples: list[Sample]) -> list[dict]:
    """The result file's rows: each garment found in a shopper's photo and its 20 nearest."""
    eye, embedder = Eye(weights), ShippedEmbedder(weights)
    asked = detect(eye, embedder, [s for s in samples if s.source == "user"], "shoppers' photos")
    sold = detect(eye, embedder, [s for s in samples if s.source == "shop"], "shops' photos")
    if not asked or not sold:
        return []
    queries, gallery = (np.stack([d["vector"] for d in part]) for part in (asked, sold))
    _, order = nearest(queries, gallery, TOPS[-1])
    return [
        {
            "query_image_id": query["photo"],
            "query_bbox": query["box"],
            "query_cls": query["category"],
            "query_score": query["score"],
            "gallery_image_id": [sold[i]["photo"] for i in row],
            "gallery_bbox": [sold[i]["box"] for i in row],
        }
        for query, row in zip(asked, order, strict=True)
    ]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder in DeepFashion2's format")
    parser.add_argument("--split", default="validation")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--results", type=Path, help="score this result file")
    source.add_argument("--out", type=Path, help="retrieve with the exported files, write, score")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = read_deepfashion2(options.data, options.split)
    if options.out:
        results = retrieve(options.weights, samples)
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results))
    else:
        results = json.loads(options.results.read_text())
    print(json.dumps(score(samples, results), indent=2))


if __name__ == "__main__":
    main()
