"""LookBench (arXiv 2601.14706) in the format of its package `look-bench`, scored by its evaluators.

A part, `query` or `gallery`, is one or several parquet files with the columns `image` (bytes, a
path within the folder, or {bytes, path}) and `label`. A picture is embedded as the server embeds
an item's: its largest garment, cut out, else the whole picture.
"""

import contextlib
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from tqdm import tqdm

from armoire.deploy.runtime import ShippedEmbedder
from armoire.retrieval.cutout import GarmentDetector, primary
from armoire.retrieval.embed import BATCH_SIZE

log = logging.getLogger(__name__)
RANKS = [1, 5, 10, 20]
METRICS = ("recall", "mrr", "ndcg", "map")
# Rows read at a time: a whole gallery of pictures would not fit into memory.
ROWS = 64
MAX_BYTES = 32 * 2**20
MAX_PIXELS = 50_000_000


@dataclass
class Part:
    """Unit vectors float32 [N, D] and labels [N] of the pictures that could be read."""

    vectors: np.ndarray
    labels: np.ndarray
    # Pictures in which a garment was found, and those that could not be read.
    found: int
    unreadable: int

    @staticmethod
    def join(parts: list["Part"]) -> "Part":
        """Several parts as one."""
        return Part(
            np.concatenate([part.vectors for part in parts]),
            np.concatenate([part.labels for part in parts]),
            sum(part.found for part in parts),
            sum(part.unreadable for part in parts),
        )


def files_of(folder: Path, part: str) -> list[Path]:
    """`query.parquet`, `query-00000-of-00001.parquet` or the files of a folder `query`."""
    found = sorted([*folder.glob(f"{part}*.parquet"), *folder.glob(f"{part}/*.parquet")])
    if not found:
        raise FileNotFoundError(f"{folder} has no parquet files of the part {part}")
    return found


def read_rows(folder: Path, part: str) -> Iterator[tuple[object, object]]:
    """(image, label) of every row of a part."""
    import pyarrow.parquet

    for path in files_of(folder, part):
        file = pyarrow.parquet.ParquetFile(path)
        lacking = {"image", "label"} - set(file.schema_arrow.names)
        if lacking:
            raise ValueError(f"{path} has no column {' or '.join(sorted(lacking))}")
        for batch in file.iter_batches(batch_size=ROWS, columns=["image", "label"]):
            columns = batch.to_pydict()
            yield from zip(columns["image"], columns["label"], strict=True)


def picture(image: object, folder: Path) -> np.ndarray:
    """uint8 [H, W, 3] RGB of a cell; raises ValueError for what is no picture of bounded size."""
    if isinstance(image, dict):
        image = image.get("bytes") or image.get("path")
    if isinstance(image, str):
        path = (folder / image).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            raise ValueError(f"{image}: not in the folder")
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"{image}: more than {MAX_BYTES} bytes")
        image = path.read_bytes()
    if not isinstance(image, bytes) or len(image) > MAX_BYTES:
        raise ValueError("not a picture of bounded size")
    decoded = cv2.imdecode(np.frombuffer(image, np.uint8), cv2.IMREAD_COLOR) if image else None
    if decoded is None:
        raise ValueError("not a readable image")
    if decoded.shape[0] * decoded.shape[1] > MAX_PIXELS:
        raise ValueError(f"{decoded.shape[1]} × {decoded.shape[0]} pixels are too many")
    return cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB)


def embed_part(weights: Path, folder: Path, part: str) -> Part:
    """Embeds a part with the exported files; what cannot be read is logged and left out."""
    detector, embedder = GarmentDetector(weights), ShippedEmbedder(weights)
    vectors: list[np.ndarray] = []
    crops: list[np.ndarray] = []
    named: list[int] = []
    labels: list[object] = []
    found = unreadable = 0
    for row, (image, label) in enumerate(tqdm(read_rows(folder, part), part, mininterval=10)):
        try:
            photo = picture(image, folder)
        except ValueError as error:
            log.warning("%s, row %d skipped: %s", part, row, error)
            unreadable += 1
            continue
        garments = detector.detect(photo)
        index = primary(garments)
        found += index is not None
        crops.append(detector.crop(photo, garments, index))
        named.append(0 if index is None else int(garments["labels"][index]))
        labels.append(label)
        if len(crops) == BATCH_SIZE:
            vectors.append(embedder(np.stack(crops), np.array(named)))
            crops, named = [], []
    if crops:
        vectors.append(embedder(np.stack(crops), np.array(named)))
    if not vectors:
        raise ValueError(f"{folder}: no picture of the part {part} can be read")
    return Part(np.concatenate(vectors), np.array(labels), found, unreadable)


def score(query: Part, gallery: Part) -> dict:
    """The benchmark's own figures, in per cent: recall, MRR, nDCG and MAP at 1, 5, 10 and 20."""
    figures: dict = {}
    # The package logs to the standard output, where our figures alone belong.
    with contextlib.redirect_stdout(sys.stderr):
        from look_bench.metrics import create_evaluator

        for metric in METRICS:
            figures |= create_evaluator(metric, rank_values=RANKS).evaluate(
                query_features=torch.from_numpy(query.vectors),
                query_labels=query.labels,
                gallery_features=torch.from_numpy(gallery.vectors),
                gallery_labels=gallery.labels,
            )
    counts = {
        "queries": len(query.labels),
        "gallery": len(gallery.labels),
        "garmentFound": round(query.found / len(query.labels), 4),
        "unreadable": query.unreadable + gallery.unreadable,
    }
    return {name: float(value) for name, value in figures.items()} | counts
