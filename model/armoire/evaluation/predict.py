"""Runs a parser over photos → detections in COCO's result format.

A parser is a call that takes a photo uint8 [H, W, 3] RGB and gives boxes [N, 4] (x1, y1, x2, y2 in
pixels of the photo), scores [N], labels [N] (1–13) and masks [N, 28, 28] (0–1 inside the boxes);
with a landmark branch also landmarks [N, C, 3] (x, y, confidence) on shared channels.
`torch_parser` makes one of a network, `deploy.runtime.ShippedParser` one of the exported file.
"""

import logging
from collections.abc import Callable

import numpy as np
import torch
from pycocotools import mask as rle_tools
from torch import Tensor
from tqdm import tqdm

from armoire.data.masks import paste_mask
from armoire.data.sample import Sample, read_rgb
from armoire.photo import letterbox, normalise

log = logging.getLogger(__name__)
Parse = Callable[[np.ndarray], dict[str, np.ndarray]]


def detect(
    parser: torch.nn.Module, image: np.ndarray, long_side: int, device: str = "cpu"
) -> dict[str, Tensor]:
    """A network on one photo uint8 [H, W, 3] RGB; boxes in pixels of the photo."""
    padded, scale = letterbox(image, long_side)
    batch = normalise(torch.from_numpy(padded)[None].to(device))
    found = parser(batch.contiguous(memory_format=torch.channels_last))
    out: dict[str, Tensor] = {k: v[0].float().cpu() for k, v in found.items()}
    limit = torch.tensor([image.shape[1], image.shape[0]] * 2, dtype=torch.float32)
    out["boxes"] = torch.minimum(out["boxes"] / scale, limit)
    if "landmarks" in out:
        out["landmarks"][..., :2] /= scale
    return out


def torch_parser(network: torch.nn.Module, long_side: int, device: str) -> Parse:
    """A network behind the same call as the exported file."""
    network.to(device)

    @torch.no_grad()
    def parse(photo: np.ndarray) -> dict[str, np.ndarray]:
        return {k: v.numpy() for k, v in detect(network, photo, long_side, device).items()}

    return parse


def predict(parse: Parse, samples: list[Sample]) -> tuple[list[Sample], list[dict]]:
    """The samples whose photos could be read, and the rows of all detections on them."""
    kept, rows = [], []
    for sample in tqdm(samples, unit="photo", mininterval=10):
        try:
            photo = read_rgb(sample.path)
        except (ValueError, OSError) as error:
            log.warning("skipped: %s", error)
            continue
        kept.append(sample)
        rows += result_rows(sample.identifier, parse(photo), photo.shape[:2])
    return kept, rows


def result_rows(identifier: int, found: dict, shape: tuple[int, int]) -> list[dict]:
    """Detections on a photo of `shape` (H, W) → rows with boxes and pasted masks."""
    rows = []
    fields = zip(found["boxes"], found["scores"], found["labels"], found["masks"], strict=True)
    for box, score, label, mini in fields:
        x1, y1, x2, y2 = (float(v) for v in box)
        rle = rle_tools.encode(np.asfortranarray(paste_mask(mini, box, *shape)))
        rle["counts"] = rle["counts"].decode("ascii")
        rows.append(
            {
                "image_id": identifier,
                "category_id": int(label),
                "bbox": [x1, y1, x2 - x1, y2 - y1],
                "score": float(score),
                "segmentation": rle,
            }
        )
    return rows


def box_rows(identifier: int, found: dict) -> list[dict]:
    """Detections → rows without masks."""
    rows = []
    for box, score, label in zip(found["boxes"], found["scores"], found["labels"], strict=True):
        x1, y1, x2, y2 = box.tolist()
        rows.append(
            {
                "image_id": identifier,
                "category_id": int(label),
                "bbox": [x1, y1, x2 - x1, y2 - y1],
                "score": float(score),
            }
        )
    return rows


def rows_by_photo(rows: list[dict]) -> dict[int, list[dict]]:
    """Rows by image id."""
    found: dict[int, list[dict]] = {}
    for row in rows:
        found.setdefault(row["image_id"], []).append(row)
    return found


def read_photos(samples: list[Sample]) -> list[tuple[Sample, np.ndarray]]:
    """The samples whose photos can be read, decoded."""
    found = []
    for sample in samples:
        try:
            found.append((sample, read_rgb(sample.path)))
        except (ValueError, OSError):
            continue
    return found
