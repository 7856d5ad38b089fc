"""DeepFashion2's consumer-to-shop retrieval by its official protocol.

A result is {query_image_id, query_bbox, query_cls, query_score, gallery_image_id [20],
gallery_bbox [20]}; boxes are x1, y1, x2, y2 in pixels of their photos, as in the data set's own
examples.
"""

import logging
from collections import defaultdict
from pathlib import Path

import numpy as np
from tqdm import tqdm

from armoire.data.boxes import MATCH_IOU, box_iou
from armoire.data.sample import Garment, Sample, read_rgb
from armoire.deploy.runtime import ShippedEmbedder
from armoire.retrieval.cutout import GarmentDetector
from armoire.retrieval.nearest import nearest

log = logging.getLogger(__name__)
TOP_K = (1, 5, 10, 15, 20)


def assign_queries(garments: list[Garment], detections: list[dict]) -> list[dict | None]:
    """The detection that queries for each annotated garment; None if the garment was missed.

    A detection belongs to the garment that it overlaps most. Of a garment's detections with the
    right category, the one with the highest score is taken.
    """
    chosen: list[dict | None] = [None] * len(garments)
    boxes = np.float32([g.box for g in garments]).reshape(-1, 4)
    for detection in detections:
        shared = box_iou(boxes, np.float32(detection["query_bbox"]))
        place = int(shared.argmax())
        if shared[place] <= 0 or detection["query_cls"] != garments[place].category:
            continue
        best = chosen[place]
        if best is None or detection["query_score"] > best["query_score"]:
            chosen[place] = detection
    return chosen


def first_hit(result: dict, wanted: list[tuple[int, np.ndarray]]) -> int | None:
    """Rank, from 1, of the first retrieved box on a wanted garment (photo id, box), or None."""
    for rank, (photo, box) in enumerate(
        zip(result["gallery_image_id"], result["gallery_bbox"], strict=True), 1
    ):
        boxes = np.float32([b for p, b in wanted if p == photo]).reshape(-1, 4)
        if len(boxes) and box_iou(boxes, np.float32(box)).max() >= MATCH_IOU:
            return rank
    return None


def score(samples: list[Sample], results: list[dict]) -> dict:
    """Top-k accuracy over all queries: garments in shoppers' photos that have a style."""
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
        queries = assign_queries(sample.garments, by_photo[sample.identifier])
        for garment, result in zip(sample.garments, queries, strict=True):
            if garment.extra["style"] <= 0:
                continue
            wanted = sold[identity(garment)]
            missed += result is None
            unsold += not wanted
            ranks.append(first_hit(result, wanted) if result else None)
    hits = np.array([rank or np.inf for rank in ranks])
    top = {f"top-{k}": round(float((hits <= k).mean()), 4) if ranks else 0.0 for k in TOP_K}
    return top | {"queries": len(ranks), "missed": missed, "withoutShopPhoto": unsold}


def identity(garment: Garment) -> tuple[int, int]:
    """(pair_id, style): equal for photos of the same garment."""
    return garment.extra["pair_id"], garment.extra["style"]


def detect(
    detector: GarmentDetector, embedder: ShippedEmbedder, samples: list[Sample], name: str
) -> list[dict]:
    """Every detected garment of the photos: photo id, box, category, score and vector [256]."""
    found = []
    for sample in tqdm(samples, desc=name, unit="photo", mininterval=10):
        try:
            photo = read_rgb(sample.path)
        except ValueError as error:
            log.warning("skipped: %s", error)
            continue
        garments = detector.detect(photo)
        for index in range(len(garments["labels"])):
            crop, label = detector.crop(photo, garments, index), garments["labels"][index]
            found.append(
                {
                    "photo": sample.identifier,
                    "box": [round(float(v), 1) for v in garments["boxes"][index]],
                    "category": int(label),
                    "score": round(float(garments["scores"][index]), 4),
                    "vector": embedder(crop[None], label[None])[0],
                }
            )
    return found


def retrieve(weights: Path, samples: list[Sample]) -> list[dict]:
    """The result file's rows: each garment detected in a shopper's photo, and its 20 nearest."""
    detector, embedder = GarmentDetector(weights), ShippedEmbedder(weights)
    users = [s for s in samples if s.source == "user"]
    shops = [s for s in samples if s.source == "shop"]
    asked = detect(detector, embedder, users, "shoppers' photos")
    sold = detect(detector, embedder, shops, "shops' photos")
    if not asked or not sold:
        return []
    queries, gallery = (np.stack([d["vector"] for d in part]) for part in (asked, sold))
    _, order = nearest(queries, gallery, TOP_K[-1])
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
