"""Embeddings and categories of the items of an outfit set, and the shipped compatibility model.

An item's picture shows one thing. Clothing is found by the shipped parser, cut out and has the
parser's category; anything else (shoes, bags, hats), and clothing in which nothing is found, is
embedded whole with category 0, which is outside the taxonomy.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from armoire.data.deepfashion2 import image_size
from armoire.data.polyvore.outfit_data import Item
from armoire.data.sample import read_rgb
from armoire.deploy.runtime import ShippedEmbedder, open_session
from armoire.evaluation.outfit_scorers import PairScorer, chunked_dot
from armoire.manifest import read_manifest
from armoire.retrieval import cutout
from armoire.retrieval.cutout import GarmentDetector
from armoire.retrieval.embed import BATCH_SIZE

log = logging.getLogger(__name__)

# The semantic categories of Polyvore Outfits that the parser knows, and its categories for them.
CLOTHING = {
    "tops": (1, 2, 5, 6),
    "outerwear": (3, 4),
    "bottoms": (7, 8, 9),
    "all-body": (10, 11, 12, 13),
}
# Published pictures are about 300 × 300 pixels.
MAX_BYTES = 32 * 2**20
MAX_PIXELS = 50_000_000


@dataclass
class EmbeddedItems:
    """Unit vectors float32 [N, 256] and categories int64 [N] (0–13) of the items `ids` [N]."""

    ids: list[str]
    vectors: np.ndarray
    categories: np.ndarray


def embed_items(weights: Path, items: Sequence[Item]) -> EmbeddedItems:
    """Embeds the items whose pictures can be read; the others are logged, counted and left out.

    Cached under the digest of the pictures' names, sizes and times and of the model's files.
    """
    detector, embedder = GarmentDetector(weights), ShippedEmbedder(weights)
    there = [item for item in items if item.image.is_file()]
    if len(there) < len(items):
        log.warning("%d of %d items have no picture", len(items) - len(there), len(items))
    digest = hashlib.sha256(f"{detector.identity} {embedder.identity}".encode())
    for item in there:
        stat = item.image.stat()
        entry = (item.id, item.kind, str(item.image.resolve()), stat.st_size, stat.st_mtime_ns)
        digest.update(repr(entry).encode())
    path = cutout.CACHE / "outfits" / f"{digest.hexdigest()[:16]}.npz"
    if not path.exists():
        found = _embed(detector, embedder, there)
        path.parent.mkdir(parents=True, exist_ok=True)
        ids = np.array(found.ids, dtype=np.str_)
        np.savez(path, ids=ids, vectors=found.vectors, categories=found.categories)
    with np.load(path) as table:
        return EmbeddedItems(table["ids"].tolist(), table["vectors"], table["categories"])


def _embed(
    detector: GarmentDetector, embedder: ShippedEmbedder, items: Sequence[Item]
) -> EmbeddedItems:
    ids: list[str] = []
    crops: list[np.ndarray] = []
    vectors = [np.zeros((0, 256), np.float32)]
    categories: list[int] = []
    for item in tqdm(items, "embedding", disable=None):
        try:
            crop, category = item_crop(detector, item)
        except (ValueError, OSError) as error:
            log.warning("item %s skipped: %s", item.id, error)
            continue
        ids.append(item.id)
        crops.append(crop)
        categories.append(category)
        if len(crops) == BATCH_SIZE:
            vectors.append(embedder(np.stack(crops), np.array(categories[-len(crops) :])))
            crops = []
    if crops:
        vectors.append(embedder(np.stack(crops), np.array(categories[-len(crops) :])))
    return EmbeddedItems(ids, np.concatenate(vectors), np.array(categories, np.int64))


def item_crop(detector: GarmentDetector, item: Item) -> tuple[np.ndarray, int]:
    """An item's crop uint8 [S, S, 4] and its category.

    A set without semantic categories (Maryland) leaves it to the parser whether this is clothing.
    """
    photo = read_rgb(_bounded(item.image))
    if item.kind and item.kind not in CLOTHING:
        return detector.crop(photo, {}, None), 0
    found = detector.detect(photo)
    index = choose_garment(found, CLOTHING.get(item.kind, ()))
    return detector.crop(photo, found, index), int(
        found["labels"][index]
    ) if index is not None else 0


def choose_garment(found: dict, wanted: Sequence[int]) -> int | None:
    """Index of the largest garment of a wanted category, else of any; None without any."""
    if not len(found["labels"]):
        return None
    area = (found["boxes"][:, 2:] - found["boxes"][:, :2]).prod(1)
    fits = np.isin(found["labels"], wanted)
    return int(np.where(fits, area, -1.0).argmax() if fits.any() else area.argmax())


def _bounded(path: Path) -> Path:
    """The path, if its file is a JPEG of bounded size."""
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path}: more than {MAX_BYTES} bytes")
    try:
        width, height = image_size(path)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    if width * height > MAX_PIXELS:
        raise ValueError(f"{path}: {width} × {height} pixels are too many")
    return path


def rows_of(items: EmbeddedItems, ids: Sequence[str]) -> EmbeddedItems:
    """The same table with the rows `ids`, in that order."""
    place = {identifier: row for row, identifier in enumerate(items.ids)}
    rows = np.array([place[identifier] for identifier in ids], np.int64)
    return EmbeddedItems(list(ids), items.vectors[rows], items.categories[rows])


class ModelScorer(PairScorer):
    """The shipped compatibility model's logit of a pair.

    scale[a][b] · (query(x, a, b) · y) + bias[a][b], for categories a of x and b of y. `scale` and
    `bias` [14, 14] are the manifest's.
    """

    def __init__(self, weights: Path, items: EmbeddedItems):
        entry = read_manifest(weights)["compatibility"]
        self.session = open_session(weights / entry["file"])
        calibration = entry["calibration"]
        self.scale, self.bias = (np.float32(calibration[name]) for name in ("scale", "bias"))
        self.vectors, self.category = items.vectors, items.categories

    def queries(self, rows: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Query vectors [M, 256] of rows [M] for target categories [M]."""
        feed = {
            "embedding": self.vectors[rows],
            "source": self.category[rows],
            "target": targets.astype(np.int64),
        }
        return self.session.run(None, feed)[0]

    def pairs(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        source, target = self.category[first], self.category[second]
        # A garment asks once for each category.
        asked, place = np.unique(first * len(self.scale) + target, return_inverse=True)
        rows, targets = np.divmod(asked, len(self.scale))
        dots = chunked_dot(self.queries(rows, targets), place, self.vectors, second)
        return self.scale[source, target] * dots + self.bias[source, target]

    def against(self, questions: Sequence[np.ndarray], gallery: np.ndarray) -> np.ndarray:
        rows = np.concatenate(questions)
        starts = np.cumsum([0, *(len(question) for question in questions[:-1])])
        scores = np.zeros((len(questions), len(gallery)), np.float32)
        for target in np.unique(self.category[gallery]):
            mine = np.flatnonzero(self.category[gallery] == target)
            source = self.category[rows]
            asked = self.queries(rows, np.full(len(rows), target))
            sums = np.add.reduceat(asked * self.scale[source, target][:, None], starts)
            scores[:, mine] = sums @ self.vectors[gallery[mine]].T
            scores[:, mine] += np.add.reduceat(self.bias[source, target], starts)[:, None]
        return scores
