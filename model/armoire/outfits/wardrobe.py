"""The garments of all looks, and the shop's items, as vectors; made once and kept on disk."""

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from tqdm import tqdm

from armoire.data.coco import read_coco
from armoire.data.masks import draw_mask
from armoire.data.sample import read_rgb
from armoire.deploy.runtime import ShippedEmbedder
from armoire.modeling.embedder import CROP_SIDE
from armoire.outfits import camera
from armoire.outfits.looks import SAME, Piece, has_outline, masks_of, piece_of, street_samples
from armoire.outfits.photometry import photometry
from armoire.paths import RUNS
from armoire.photo import COLOURS
from armoire.retrieval import views
from armoire.retrieval.crop_sets import item_samples
from armoire.retrieval.cutout import GarmentDetector

log = logging.getLogger(__name__)
CACHE = RUNS / "outfits"
SPLITS = ("train", "more", "val")
# Retaken views to learn from, beside the plain view and one retaken for the second evaluation.
NUM_RETAKEN = 8
PLAIN, RETAKEN = 0, 1
BATCH_SIZE = 32
MIN_SIDE = 8


@dataclass
class Wardrobe:
    """Garments as rows: `vectors` float32 [N, V, 256], `cameras` float32 [N, 2, 9].

    View 0 is the crop as it is, view 1 retaken for the second evaluation, the others to learn from.
    """

    pieces: list[Piece]
    vectors: np.ndarray
    cameras: np.ndarray
    # Garments without an outline that the parser did not find either.
    dropped: int = 0
    colours: np.ndarray = field(init=False)
    categories: np.ndarray = field(init=False)

    def __post_init__(self):
        self.categories = np.array([p.category for p in self.pieces])
        places = {name: place for place, name in enumerate(COLOURS)}
        self.colours = np.array([places.get(p.colour, -1) for p in self.pieces])

    def looks(self, splits=SPLITS, least: int = 2) -> list[list[int]]:
        """Rows of each photo's garments, where there are at least so many."""
        by_photo: dict[str, list[int]] = {}
        for row, piece in enumerate(self.pieces):
            if piece.split in splits:
                by_photo.setdefault(piece.photo, []).append(row)
        return [rows for rows in by_photo.values() if len(rows) >= least]


def read_wardrobe(root: Path, weights: Path, retaken: int = NUM_RETAKEN) -> Wardrobe:
    """The garments of the street photos of all splits."""
    detector = GarmentDetector(weights)
    samples = [(s, split) for split in SPLITS for s in street_samples(root, split)]

    def crops():
        for sample, split in tqdm(samples, desc="looks", unit="photo", mininterval=10):
            photo = read_rgb(sample.path)
            outlined = all(has_outline(g) for g in sample.garments)
            found = None if outlined else detector.detect(photo)
            masks = masks_of(sample, (photo.shape[1], photo.shape[0]), found)
            for garment, mask in zip(sample.garments, masks, strict=True):
                yield piece_of(sample, garment, split), cut_out(photo, mask)

    names = [str(s.path) for s, _ in samples] + [detector.identity]
    return _kept("street", names, crops, weights, retaken)


def read_items(root: Path, weights: Path) -> Wardrobe:
    """The shop's items: every annotated shop photo is one, cut out by its outline."""
    samples = [(s, split) for split in SPLITS for s in item_samples(read_coco(root, split))]

    def crops():
        for sample, split in tqdm(samples, desc="items", unit="item", mininterval=10):
            photo = read_rgb(sample.path)
            garment = max(sample.garments, key=lambda g: g.area)
            mask = draw_mask(garment.polygons, SAME, (photo.shape[1], photo.shape[0]))
            yield piece_of(sample, garment, split), cut_out(photo, mask)

    return _kept("shop", [str(s.path) for s, _ in samples], crops, weights, 0)


def cut_out(photo: np.ndarray, mask: np.ndarray | None) -> np.ndarray | None:
    """The crop uint8 [h, w, 4] of a garment at the photo's size; None for none or a tiny one."""
    if mask is None or not mask.any():
        return None
    whole = np.float32([0, 0, photo.shape[1], photo.shape[0]])
    crop = views.trim(views.cut(photo, mask, whole))
    return crop if min(crop.shape[:2]) >= MIN_SIDE else None


def _kept(name: str, names: list[str], crops, weights: Path, retaken: int) -> Wardrobe:
    embedder = ShippedEmbedder(weights)
    key = hashlib.sha256(json.dumps([embedder.identity, retaken, names]).encode()).hexdigest()[:12]
    path = CACHE / f"{name}-{key}.npz"
    if not path.exists():
        made = _make(crops(), embedder, retaken)
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = json.dumps([asdict(p) for p in made.pieces])
        np.savez(path, rows=rows, v=made.vectors, c=made.cameras, dropped=made.dropped)
    with np.load(path) as table:
        pieces = [Piece(**row) for row in json.loads(str(table["rows"]))]
        return Wardrobe(pieces, table["v"], table["c"], int(table["dropped"]))


def _make(crops, embedder: ShippedEmbedder, retaken: int) -> Wardrobe:
    pieces, cameras, vectors, batch, labels, dropped = [], [], [], [], [], 0

    def flush():
        if batch:
            vectors.append(embedder(np.stack(batch), np.array(labels)))
            batch.clear()
            labels.clear()

    for piece, crop in crops:
        if crop is None:
            dropped += 1
            continue
        rng = np.random.default_rng([piece.garment, SPLITS.index(piece.split)])
        taken = [camera.retake(crop, rng) for _ in range(1 + retaken)] if retaken else []
        pieces.append(piece)
        cameras.append([photometry(c) for c in [crop, *taken[:1]]])
        for view in [crop, *taken]:
            batch.append(views.to_square(view, CROP_SIDE))
            labels.append(piece.category)
            if len(batch) == BATCH_SIZE:
                flush()
    flush()
    found = np.concatenate(vectors).reshape(len(pieces), -1, vectors[0].shape[1])
    return Wardrobe(pieces, found, np.float32(cameras), dropped)
