"""Small data sets that the tests draw themselves, in the formats that the readers read."""

import json
import os
from pathlib import Path

import cv2
import pytest
import torch

from armoire.deploy.export import export_embedder, export_manifest, export_parser
from armoire.modeling.embedder import Embedder
from armoire.retrieval import cutout
from tests.drawings import coco_annotation, draw_photo, rectangle, small_parser, write_coco

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))


@pytest.fixture(autouse=True)
def own_crops(tmp_path, monkeypatch):
    """Every test has a cache of its own."""
    monkeypatch.setattr(cutout, "CACHE", tmp_path / "crops")


@pytest.fixture
def coco_root(tmp_path) -> Path:
    """Twelve photos, a shop's and a street's in turn: a top above trousers, or a skirt alone."""
    root = tmp_path / "coco"
    (root / "images").mkdir(parents=True)
    images, annotations = [], []
    for number in range(1, 13):
        shop = number % 2 == 0
        boxes = [(20, 30, 76, 100)] if shop else [(24, 10, 72, 56), (30, 56, 66, 120)]
        name = f"{number:05d}.png"
        cv2.imwrite(str(root / "images" / name), draw_photo(boxes, seed=number))
        source = "shop" if shop else "user"
        images.append(
            {"id": number, "file_name": name, "width": 96, "height": 128, "source": source}
        )
        for box, category in zip(boxes, [9] if shop else [1, 8], strict=True):
            annotations.append(coco_annotation(len(annotations) + 1, number, category, box))
    write_coco(root, images, annotations)
    write_coco(root, images[:4], [a for a in annotations if a["image_id"] <= 4], "val")
    return root


@pytest.fixture
def deepfashion2_root(tmp_path) -> Path:
    """Three photos in DeepFashion2's format, the third with a broken annotation file; and test."""
    root = tmp_path / "deepfashion2"
    for split in ("train", "test"):
        (root / split / "image").mkdir(parents=True)
    (root / "train" / "annos").mkdir()
    box = (20, 30, 76, 100)
    for number in (1, 2, 3):
        path = root / "train" / "image" / f"{number:06d}.jpg"
        cv2.imwrite(str(path), draw_photo([box], seed=number))
    cv2.imwrite(str(root / "test" / "image" / "000001.jpg"), draw_photo([box]))
    item = {
        "category_name": "skirt",
        "category_id": 9,
        "style": 1,
        "bounding_box": list(box),
        "segmentation": [rectangle(*box)],
        "landmarks": [20, 30, 2, 48, 30, 1, 76, 30, 2] + 5 * [0, 0, 0],
        "scale": 2,
        "occlusion": 1,
        "zoom_in": 1,
        "viewpoint": 2,
    }
    good = {"source": "shop", "pair_id": 7, "item1": item}
    bad_item = {"source": "user", "pair_id": 7, "item1": item, "item2": {"category_id": 3}}
    annos = root / "train" / "annos"
    (annos / "000001.json").write_text(json.dumps(good))
    (annos / "000002.json").write_text(json.dumps(bad_item))
    (annos / "000003.json").write_text('{"source": "user", "item1"')
    return root


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """A small network's files and manifest, with the parser and embedder they came from."""
    folder = tmp_path_factory.mktemp("weights")
    parser = small_parser(0.0)
    embedder = Embedder(parser.backbone).eval()
    export_parser(parser, folder / "parser.onnx")
    export_embedder(embedder, folder / "embedder.onnx")
    values = {"side": 128, "threshold": 0.07, "version": "0.0.0-test", "training": {}}
    export_manifest(folder, parser, embedder, values)
    return folder, parser, embedder
