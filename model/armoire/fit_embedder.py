"""Learns the embedder: `python -m armoire.fit_embedder OUT`.

The backbone stays as the parser trained it; crops are the shipped parser's. `--format deepfashion2`
takes pairs by (pair_id, style) from the photos of shoppers and shops; otherwise the two photos of a
pair are views of one garment (`pairs`). Garments of the part carved from train are left out: they
choose the epoch and the parts' weights.
"""

import argparse
import json
import logging
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from armoire import checkpoint, described, garments, pairs
from armoire.config import GARMENTS, data_root
from armoire.contrast import Recipe, Views, learn
from armoire.cutout import Crops, Eye
from armoire.data.coco import read_coco
from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.sample import Sample
from armoire.described import as_it_is, as_views, dyed, worn
from armoire.embedder import PARTS, Descriptor, Embedder, Projection
from armoire.export import WEIGHTS
from armoire.imported import read_backbone
from armoire.neighbours import agreement, nearest, recall
from armoire.photo import COLOURS

log = logging.getLogger(__name__)


@dataclass
class Course:
    """What is learnt from, and what is asked after every few epochs."""

    learn: Views
    items: Views
    worn: Views
    street: Views

    def measure(self, projection: Projection) -> dict[str, float]:
        """Worn views find their item; street garments' neighbours share category and colour."""
        with torch.no_grad():
            gallery, asked, street = (
                projection(v.descriptors.float())[0] for v in (self.items, self.worn, self.street)
            )
        place = {int(i): row for row, i in enumerate(self.items.identity)}
        answers = torch.tensor([place[int(i)] for i in self.worn.identity])
        found = recall(asked, gallery, answers)
        _, order = nearest(street.numpy(), gallery.numpy(), 10)
        for name in ("category", "colour"):
            labels = (getattr(v, name).numpy() for v in (self.street, self.items))
            found[f"{name}@10"] = agreement(order, *labels)
        return found | {"total": sum(found.values()) / len(found)}


def read_garments(eye: Eye, samples: list[Sample]) -> dict[str, Crops]:
    """Collections by name: shop items, street garments, and the shop's in photo-like views."""
    street = [s for s in samples if s.source == "user" and s.garments]
    collections = {
        "shop-train": garments.shop_items(eye, garments.items_of(samples), "shop-train"),
        "street-train": garments.street_garments(eye, street, "street-train"),
    }
    for name, crops in pairs.worn_views(eye, samples):
        collections[name] = crops
    return collections


def course(
    descriptor: Descriptor, collections: dict[str, Crops], dev: set[int], seed: int
) -> Course:
    """Every garment as it is, worn (by the parser's mask, and by a coarse one) and dyed."""
    shop, street = collections["shop-train"], collections["street-train"]
    parts = []
    for name, crops in collections.items():
        parts.append((crops, described.described(descriptor, crops, name, as_it_is, seed), False))
    for number, (name, crops) in enumerate((("shop-train", shop), ("street-train", street))):
        for view in (worn, dyed):
            found = described.described(descriptor, crops, name, view, seed + number)
            parts.append((crops, found, view is dyed))
    views, rows = as_views(parts)
    held = torch.tensor([row["item"] in dev for row in rows])
    kinds = torch.tensor([i for i, (crops, _, _) in enumerate(parts) for _ in crops.rows])
    names = list(collections)
    worn_dev = kinds == names.index("worn-dev")

    def keep(mask: Tensor) -> Views:
        rest = (views.category[mask], views.colour[mask], views.dyed[mask])
        return Views(views.descriptors[mask], views.identity[mask], *rest)

    return Course(
        views.part(~held),
        keep(kinds == names.index("shop-train")),
        keep(worn_dev),
        keep(held & (kinds == names.index("street-train"))),
    )


def pairs_course(descriptor: Descriptor, crops: Crops, seed: int) -> Views:
    """DeepFashion2: one identity a (pair_id, style), its views the photos that show it."""
    plain = described.described(descriptor, crops, "deepfashion2", as_it_is, seed)
    turned = described.described(descriptor, crops, "deepfashion2", dyed, seed)
    return as_views([(crops, plain, False), (crops, turned, True)])[0]


def choose_weights(projection: Projection, held: Course) -> dict[str, float]:
    """The parts' weights, in twentieths, that answer best on the part kept aside."""
    best: dict[str, float] = {"total": -1.0}
    for category in range(2, 13):
        for colour in range(2, 19 - category):
            pattern = 20 - category - colour
            if pattern < 2:
                continue
            weights = torch.tensor([category, colour, pattern]) / 20
            projection.weights.copy_(weights)
            found = held.measure(projection)
            if found["total"] > best["total"]:
                best = found | dict(zip(PARTS, weights.tolist(), strict=True))
    projection.weights.copy_(torch.tensor([best[name] for name in PARTS]))
    return best


@torch.no_grad()
def prototypes(projection: Projection, views: Views) -> dict[str, list[float]]:
    """Each colour's mean direction among garments as they are: what "in blue" stands for."""
    colours = projection.in_parts(views.descriptors.float())["colour"]
    found = {}
    for place, name in enumerate(COLOURS):
        mine = colours[views.colour == place]
        if len(mine):
            mean = torch.nn.functional.normalize(mine.mean(0), dim=0)
            found[name] = [round(float(v), 5) for v in mean]
    return found


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS))
    parser.add_argument("--format", default="coco", choices=["coco", "deepfashion2"])
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the parser to cut with")
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--parts", type=float, nargs=3, default=[0.25, 0.35, 0.4])
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(options.seed)
    embedder = Embedder(read_backbone(options.weights / "parser.onnx")).eval()
    projection = embedder.projection
    projection.weights.copy_(torch.tensor(options.parts))
    eye = Eye(options.weights)
    recipe = Recipe(epochs=options.epochs, seed=options.seed)
    if options.format == "deepfashion2":
        crops = pairs.annotated_garments(eye, read_deepfashion2(options.data, "train"))
        described.fit_palette(embedder.descriptor, crops.pixels)
        views = plain = pairs_course(embedder.descriptor, crops, options.seed)
        projection.fit_whitening(views.descriptors[~views.dyed].float())
        curve, chosen = learn(projection, views, recipe, None), {}
    else:
        samples = read_coco(options.data, "train")
        collections = read_garments(eye, samples)
        described.fit_palette(embedder.descriptor, collections["shop-train"].pixels)
        dev = {s.identifier for s in pairs.split_dev(samples)[1]}
        held = course(embedder.descriptor, collections, dev, options.seed)
        views, plain = held.learn, held.items
        projection.fit_whitening(views.descriptors[~views.dyed].float())
        curve = [{"epoch": 0, **held.measure(projection)}]
        log.info("whitening alone: %s", curve[0])
        curve += learn(projection, views, recipe, held.measure)
        chosen = choose_weights(projection, held)
        log.info("weights: %s", chosen)
    state = {"embedder": embedder.state_dict(), "prototypes": prototypes(projection, plain)}
    checkpoint.save(options.out, state | {"curve": curve, "chosen": chosen})
    text = json.dumps({"curve": curve, "chosen": chosen}, indent=1)
    options.out.with_suffix(".json").write_text(text + "\n")


if __name__ == "__main__":
    main()
