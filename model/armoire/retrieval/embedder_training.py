"""Learns the embedder: `python -m armoire.fit_embedder OUT`.

The backbone stays as the parser trained it; crops are the shipped parser's. `--format deepfashion2`
takes pairs by (pair_id, style) from the photos of shoppers and shops; otherwise the two photos of a
pair are views of one garment (`pairs`). Garments of the part carved from train are left out: they
choose the epoch and the parts' weights.
"""

import argparse
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from armoire.data.coco import read_coco
from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.sample import Sample
from armoire.deploy.export import WEIGHTS
from armoire.modeling.embedder import PARTS, Descriptor, Embedder, Projection
from armoire.modeling.onnx_backbone import read_backbone
from armoire.photo import COLOURS
from armoire.retrieval import crop_sets as garments
from armoire.retrieval import descriptors as described
from armoire.retrieval import pairs
from armoire.retrieval.contrast import Recipe, Views, learn
from armoire.retrieval.cutout import Crops, Eye
from armoire.retrieval.descriptors import as_it_is, as_views, dyed, worn
from armoire.retrieval.nearest import agreement, nearest, recall
from armoire.training import checkpoint
from armoire.training.config import GARMENTS, data_root

log = logging.getLogger(__name__)


@dataclass
class Course:
    """What is learnt from, and what is asked after every few epochs."""

    learn: Views
    items: Views
    worn: Views
    street: Views

    @torch.no_grad()
    def measure(self, projection: Projection) -> dict[str, float]:
        """Worn views find their item; street garments' neighbours share category and colour."""
        return self.compare(projection, self.in_parts(projection))

    @torch.no_grad()
    def in_parts(self, projection: Projection) -> list[dict[str, Tensor]]:
        views = (self.items, self.worn, self.street)
        return [projection.in_parts(v.descriptors.float()) for v in views]

    def compare(self, projection: Projection, parts: list[dict[str, Tensor]]) -> dict[str, float]:
        gallery, asked, street = (projection.whole(p) for p in parts)
        place = {int(i): row for row, i in enumerate(self.items.identity)}
        answers = torch.tensor([place[int(i)] for i in self.worn.identity])
        found = recall(asked, gallery, answers)
        _, order = nearest(street.numpy(), gallery.numpy(), 10)
        for name in ("category", "colour"):
            labels = (getattr(v, name).numpy() for v in (self.street, self.items))
            found[f"{name}@10"] = agreement(order, *labels)
        return found | {"total": sum(found.values()) / len(found)}


def read_garments(eye: Eye, samples: list[Sample], quarters: int) -> dict[str, Crops]:
    """Collections by name: shop items, street garments, and the shop's in photo-like views."""
    street = [s for s in samples if s.source == "user" and s.garments]
    collections = {
        "shop-train": garments.shop_items(eye, garments.items_of(samples), "shop-train"),
        "street-train": garments.street_garments(eye, street, "street-train"),
    }
    return collections | dict(pairs.worn_views(eye, samples, quarters))


def more_views(collections: dict[str, Crops], dev: set[int]) -> list[tuple[str, Crops, Callable]]:
    """What no second parse is spent on: a coarse mask where there is no photo-like view yet.

    And every third item dyed.
    """
    worn_already = {
        row["garment"] for n, crops in collections.items() if n[:4] == "worn" for row in crops.rows
    }

    def lacks(row: dict) -> bool:
        return row["item"] not in dev and row["garment"] not in worn_already

    shop, street = collections["shop-train"], collections["street-train"]
    third = shop.part(lambda row: row["item"] not in dev and row["garment"] % 3 == 0)
    return [
        ("shop-train", shop.part(lacks), worn),
        ("street-train", street.part(lacks), worn),
        ("shop-train", third, dyed),
    ]


def course(
    descriptor: Descriptor, collections: dict[str, Crops], dev: set[int], seed: int
) -> Course:
    """Every garment as it is, worn (by the parser's mask, or by a coarse one), some dyed."""
    wanted = [(name, crops, as_it_is) for name, crops in collections.items()]
    wanted += more_views(collections, dev)
    parts = [
        (crops, described.described(descriptor, crops, name, view, seed), view is dyed)
        for name, crops, view in wanted
    ]
    views, rows = as_views(parts)
    held = torch.tensor([row["item"] in dev for row in rows])
    kinds = torch.tensor([i for i, (crops, _, _) in enumerate(parts) for _ in crops.rows])
    names = list(collections)

    def keep(mask: Tensor) -> Views:
        rest = (views.category[mask], views.colour[mask], views.dyed[mask])
        return Views(views.descriptors[mask], views.identity[mask], *rest)

    return Course(
        views.part(~held),
        keep(kinds == names.index("shop-train")),
        keep(kinds == names.index("worn-dev")),
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
    parts = held.in_parts(projection)
    for category in range(2, 13):
        for colour in range(2, 19 - category):
            pattern = 20 - category - colour
            if pattern < 2:
                continue
            weights = torch.tensor([category, colour, pattern]) / 20
            projection.weights.copy_(weights)
            found = held.compare(projection, parts)
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


def whiten(projection: Projection, views: Views) -> None:
    """The start, from some of the views: the whole decomposition would cost more than learning."""
    plain = torch.nonzero(~views.dyed).flatten()
    some = plain[:: max(1, len(plain) // 2000)]
    projection.fit_whitening(views.descriptors[some].float())


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS))
    parser.add_argument("--format", default="coco", choices=["coco", "deepfashion2"])
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the parser to cut with")
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--parts", type=float, nargs=3, default=[0.25, 0.35, 0.4])
    parser.add_argument("--quarters", type=int, default=pairs.QUARTERS, help="of the items, worn")
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
        whiten(projection, views)
        curve, chosen = learn(projection, views, recipe, None), {}
    else:
        samples = read_coco(options.data, "train")
        collections = read_garments(eye, samples, options.quarters)
        described.fit_palette(embedder.descriptor, collections["shop-train"].pixels)
        dev = {s.identifier for s in pairs.split_dev(samples)[1]}
        held = course(embedder.descriptor, collections, dev, options.seed)
        views, plain = held.learn, held.items
        whiten(projection, views)
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
