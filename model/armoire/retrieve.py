"""Retrieval by the shipped files: `python -m armoire.retrieve [--queries FOLDER]`.

The split's annotated shop photos are the catalogue, one item each: parsed, cut by the predicted
mask of the primary garment (the item's category if it was found, else the largest), embedded; an
item without any garment is embedded whole. Measured are each item's own photo encoded again, and
photo-like queries (a folder with queries.json: file, item, bbox).
"""

import argparse
import json
import logging
from pathlib import Path

import cv2
import numpy as np
import torch
from tqdm import tqdm

from armoire import views
from armoire.config import GARMENTS, data_root
from armoire.data.coco import read_coco
from armoire.data.sample import read_rgb
from armoire.embedder import SIZE
from armoire.export import WEIGHTS
from armoire.fit_embedder import recall
from armoire.runtime import ShippedEmbedder, ShippedParser

log = logging.getLogger(__name__)


def encoded_again(photo: np.ndarray) -> np.ndarray:
    """Scaled to 80 %, brightened by 10 %, JPEG quality 60."""
    small = cv2.resize(photo, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
    return views.recompressed(np.clip(small * 1.1, 0, 255).astype(np.uint8), 60)


def primary(found: dict, threshold: float, category: int | None = None) -> int | None:
    """The garment that an item stands for: of its category, else the largest; None if none."""
    confident = np.flatnonzero(found["scores"] >= threshold)
    same = [i for i in confident if found["labels"][i] == category]
    if same:
        return int(same[0])
    if not len(confident):
        return None
    size = found["boxes"][confident, 2:] - found["boxes"][confident, :2]
    return int(confident[size.prod(1).argmax()])


def overlap(boxes: np.ndarray, box: np.ndarray) -> np.ndarray:
    """IoU of boxes [N, 4] with one box."""
    low, high = np.maximum(boxes[:, :2], box[:2]), np.minimum(boxes[:, 2:], box[2:])
    shared = np.clip(high - low, 0, None).prod(1)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1) + (box[2:] - box[:2]).prod()
    return shared / np.maximum(areas - shared, 1e-6)


def asked_for(found: dict, threshold: float, box: np.ndarray) -> int | None:
    """The confident garment that overlaps a query's box best, by at least a half."""
    if not len(found["scores"]):
        return None
    shared = overlap(found["boxes"], box) * (found["scores"] >= threshold)
    return int(shared.argmax()) if shared.max() >= 0.5 else None


class Eye:
    """Parser and embedder together, as the server uses them."""

    def __init__(self, folder: Path):
        self.parse, self.embed = ShippedParser(folder), ShippedEmbedder(folder)
        self.threshold = self.parse.manifest["parser"]["scoreThreshold"]

    def crop(self, photo: np.ndarray, found: dict, index: int | None) -> np.ndarray:
        """The garment at `index` on a square; the whole photo if there is none."""
        height, width = photo.shape[:2]
        if index is None:
            whole = np.dstack([photo, np.full((height, width), 255, np.uint8)])
            return views.to_square(whole, self.embed.side)
        box = found["boxes"][index]
        mask = views.paste_mask(found["masks"][index], box, height, width)
        return views.to_square(views.cut(photo, mask, box), self.embed.side)

    def vector(self, crop: np.ndarray) -> np.ndarray:
        return self.embed(crop[None])[0]


def catalogue(eye: Eye, samples) -> tuple[dict[int, int], np.ndarray, np.ndarray, int]:
    """(item id → row, vectors, vectors of the photos encoded again, items embedded whole)."""
    rows, vectors, again, whole = {}, [], [], 0
    for sample in tqdm(samples, unit="item", mininterval=10):
        photo = read_rgb(sample.path)
        found = eye.parse(photo)
        index = primary(found, eye.threshold, sample.garments[0].category)
        whole += index is None
        rows[sample.identifier] = len(vectors)
        vectors.append(eye.vector(eye.crop(photo, found, index)))
        query = encoded_again(photo)
        found = eye.parse(query)
        index = primary(found, eye.threshold)
        again.append(eye.vector(eye.crop(query, found, index)))
    return rows, np.stack(vectors), np.stack(again), whole


def photo_queries(eye: Eye, folder: Path, rows: dict[int, int]):
    """Vectors and answers of the queries whose garment was found, and how many there were."""
    table = json.loads((folder / "queries.json").read_text())
    table = [query for query in table if query["item"] in rows]
    vectors, answers = [], []
    for query in tqdm(table, unit="query", mininterval=10):
        photo = read_rgb(folder / query["file"])
        found = eye.parse(photo)
        x, y, w, h = query["bbox"]
        index = asked_for(found, eye.threshold, np.float32([x, y, x + w, y + h]))
        if index is not None:
            vectors.append(eye.vector(eye.crop(photo, found, index)))
            answers.append(rows[query["item"]])
    found = np.float32(vectors).reshape(-1, SIZE)
    return found, np.array(answers, dtype=np.int64), len(table)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS))
    parser.add_argument("--split", default="val")
    parser.add_argument("--queries", type=Path, help="folder of photo-like queries")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--update-manifest", action="store_true")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = read_coco(options.data, options.split)
    samples = [s for s in samples if s.source == "shop" and s.garments]
    samples = samples[: options.limit or None]
    eye = Eye(options.weights)
    rows, vectors, again, whole = catalogue(eye, samples)
    gallery = torch.from_numpy(vectors)
    own = recall(torch.from_numpy(again), gallery, torch.arange(len(gallery)))
    result = {"items": len(gallery), "embeddedWhole": whole, "ownPhotoAgain": own}
    if options.queries:
        found, answers, count = photo_queries(eye, options.queries, rows)
        hits = recall(torch.from_numpy(found), gallery, torch.from_numpy(answers))
        share = len(found) / count
        result["photoQueries"] = {
            "queries": count,
            "garmentFound": round(share, 4),
            **{name: round(value * share, 4) for name, value in hits.items()},
        }
    print(json.dumps(result, indent=2))
    if options.update_manifest:
        path = options.weights / "manifest.json"
        manifest = json.loads(path.read_text())
        manifest["retrieval"] = result
        path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
