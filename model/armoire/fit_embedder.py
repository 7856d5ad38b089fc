"""Learns the embedder's projection: `python -m armoire.fit_embedder CHECKPOINT OUT`.

The backbone stays as the parser trained it. Every garment is described once plainly and several
times as a shopper might photograph it; the projection learns to bring the two together (InfoNCE).
Garments of the part carved from train are left out and measured.
"""

import argparse
import json
import logging
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from tqdm import tqdm

from armoire import checkpoint, views
from armoire.config import GARMENTS, data_root
from armoire.data.augment import draw_mask
from armoire.data.coco import read_coco
from armoire.data.sample import Sample, read_rgb
from armoire.data.sources import in_dev
from armoire.embedder import SIDE, Embedder, Projection
from armoire.export import load_parser
from armoire.group import half_precision

log = logging.getLogger(__name__)


def true_crops(sample: Sample) -> list[np.ndarray]:
    """The garments of a photo cut out by their annotated masks."""
    photo = read_rgb(sample.path)
    same = np.float64([[1, 0, 0], [0, 1, 0]])
    crops = []
    for garment in sample.garments:
        mask = draw_mask(garment.polygons, same, (photo.shape[1], photo.shape[0]))
        crop = views.trim(views.cut(photo, mask, garment.box))
        if min(crop.shape[:2]) >= 8:
            crops.append(crop)
    return crops


@torch.no_grad()
def describe(embedder: Embedder, crops: list[np.ndarray]) -> Tensor:
    """Crops of any size → descriptors float32 [N, D]."""
    batch = torch.from_numpy(np.stack([views.to_square(c, SIDE) for c in crops]))
    with torch.autocast("cpu", torch.bfloat16, enabled=half_precision("cpu")):
        return embedder.descriptor(batch).float()


def collect(embedder: Embedder, samples: list[Sample], count: int, seed: int) -> Tensor:
    """Descriptors float16 [G, 1 + count, D]: each garment plain, then in `count` worn views."""
    rng = np.random.default_rng(seed)
    scenery = [read_rgb(s.path) for s in samples[:40]]
    rows = []
    for sample in tqdm(samples, unit="photo", mininterval=10):
        try:
            crops = true_crops(sample)
        except (ValueError, OSError) as error:
            log.warning("skipped: %s", error)
            continue
        for crop in crops:
            seen = [views.plain_view(crop, rng)]
            for _ in range(count):
                back = scenery[rng.integers(len(scenery))]
                seen.append(views.worn_view(crop, back, rng))
            rows.append(describe(embedder, seen).half())
    return torch.stack(rows)


def recall(queries: Tensor, gallery: Tensor, answers: Tensor, ranks=(1, 10)) -> dict[str, float]:
    """Share of queries [Q, 256] whose answer (row of the gallery) is among the first k."""
    if not len(queries):
        return {f"recall@{k}": 0.0 for k in ranks}
    order = (queries @ gallery.T).topk(min(max(ranks), len(gallery)), dim=1).indices
    hit = order == answers[:, None]
    return {f"recall@{k}": float(hit[:, :k].any(1).float().mean()) for k in ranks}


def measure(projection: Projection, held: Tensor, others: Tensor) -> dict[str, float]:
    """Worn views of held-out garments against the plain views of all garments."""
    with torch.no_grad():
        gallery = projection(torch.cat([held[:, 0], others[:, 0]]).float())
        count = held.shape[1] - 1
        queries = projection(held[:, 1:].flatten(0, 1).float())
    return recall(queries, gallery, torch.arange(len(held)).repeat_interleave(count))


def learn(projection: Projection, seen: Tensor, held: Tensor, epochs: int, seed: int) -> list[dict]:
    """Contrastive training on cached descriptors; keeps the epoch that is best on `held`."""
    torch.manual_seed(seed)
    temperature = torch.nn.Parameter(torch.tensor(2.7))
    optimizer = torch.optim.AdamW(
        [
            {"params": projection.parameters(), "lr": 1e-3, "weight_decay": 0.05},
            {"params": [temperature], "lr": 1e-3, "weight_decay": 0.0},
        ]
    )
    size = min(512, len(seen))
    steps = epochs * (len(seen) // size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [1e-3, 1e-3], max(steps, 1))
    best, kept, curve = -1.0, None, []
    for epoch in range(epochs):
        losses = []
        for part in torch.randperm(len(seen)).split(size):
            if len(part) < size:
                continue
            pick = torch.stack([torch.randperm(seen.shape[1])[:2] for _ in part])
            pairs = seen[part[:, None], pick].float()
            pairs = pairs + torch.randn_like(pairs) * 0.1 * projection.deviation
            left, right = projection(pairs[:, 0]), projection(pairs[:, 1])
            logits = left @ right.T * temperature.exp().clamp(max=60)
            target = torch.arange(len(part))
            loss = (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        if epoch % 5 == 4 or epoch == epochs - 1:
            found = measure(projection, held, seen)
            curve.append({"epoch": epoch + 1, "loss": float(np.mean(losses)), **found})
            log.info("%s", curve[-1])
            if found["recall@1"] > best:
                best = found["recall@1"]
                kept = {k: v.clone() for k, v in projection.state_dict().items()}
    if kept:
        projection.load_state_dict(kept)
    return curve


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS))
    parser.add_argument("--add", type=Path, action="append", default=[], help="a further folder")
    parser.add_argument("--views", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--limit", type=int, default=0, help="photos to use (0: all)")
    parser.add_argument("--dev-share", type=float, default=0.08)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    network, _ = load_parser(options.checkpoint)
    torch.manual_seed(options.seed)
    embedder = Embedder(network.backbone).eval()
    samples = read_coco(options.data, "train")
    if options.limit:
        samples = samples[:: max(1, len(samples) // options.limit)]
    dev = [s for s in samples if in_dev(s, options.dev_share)]
    rest = [s for s in samples if not in_dev(s, options.dev_share)]
    for folder in options.add:
        rest += read_coco(folder, "train")
    held = collect(embedder, dev, options.views, options.seed + 1)
    seen = collect(embedder, rest, options.views, options.seed)
    embedder.projection.fit_whitening(seen[:, 0].float())
    curve = []
    if options.views:
        curve.append({"epoch": 0, **measure(embedder.projection, held, seen)})
        log.info("whitening alone: %s", curve[0])
        if options.epochs:
            curve += learn(embedder.projection, seen, held, options.epochs, options.seed)
    checkpoint.save(options.out, {"embedder": embedder.state_dict(), "curve": curve})
    options.out.with_suffix(".json").write_text(json.dumps(curve, indent=1) + "\n")


if __name__ == "__main__":
    main()
