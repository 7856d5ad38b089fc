"""From photos to an embedder, with a detector that finds the drawings' plain rectangles."""

import json

import cv2
import numpy as np
import pytest
import torch

from armoire.data.coco import read_coco
from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.sources import in_dev
from armoire.deploy.runtime import ShippedEmbedder
from armoire.retrieval import cutout, pairs, views
from armoire.retrieval.baselines import lab_histogram
from armoire.retrieval.cutout import Crops, cached, gather
from armoire.retrieval.pairs import annotated_crops, deepfashion2_garments, worn_garments
from tests.drawings import draw_photo, rectangle
from tools import fit_embedder, plot, retrieve, ship_embedder


class DrawingDetector(cutout.GarmentDetector):
    """Finds patches of strong colour instead of asking a network."""

    def __init__(self, folder=None):
        self.identity = "drawings"

    def detect(self, photo):
        boxes, masks = [], []
        strong = np.ptp(photo.astype(int), axis=2) > 90
        for channel in range(3):
            patches = (strong & (photo.argmax(2) == channel)).astype(np.uint8)
            count, parts, stats, _ = cv2.connectedComponentsWithStats(patches)
            for number in range(1, count):
                x, y, w, h, area = stats[number]
                if area >= 60:
                    boxes.append((x, y, x + w, y + h))
                    masks.append((parts == number).astype(np.uint8))
        return {
            "boxes": np.float32(boxes).reshape(-1, 4),
            "scores": np.ones(len(boxes)),
            "labels": np.full(len(boxes), 9),
            "masks": masks,
        }


@pytest.fixture(autouse=True)
def drawing_detector(monkeypatch):
    for module in (fit_embedder, retrieve):
        monkeypatch.setattr(module, "GarmentDetector", DrawingDetector)


@pytest.fixture
def pairs_root(tmp_path):
    """DeepFashion2 folder: garment (7, 1) in a shopper's and a shop's photo, (7, 0) in another."""
    root = tmp_path / "pairs"
    for name in ("image", "annos"):
        (root / "train" / name).mkdir(parents=True)
    box = (20, 30, 76, 100)
    for number, (source, style) in enumerate([("user", 1), ("shop", 1), ("user", 0)], 1):
        cv2.imwrite(str(root / "train/image" / f"{number:06d}.jpg"), draw_photo([box], seed=number))
        item = {"category_id": 9, "style": style, "bounding_box": list(box)}
        item |= {"segmentation": [rectangle(*box)]}
        item |= {name: 1 for name in ("scale", "occlusion", "zoom_in", "viewpoint")}
        text = json.dumps({"source": source, "pair_id": 7, "item1": item})
        (root / "train/annos" / f"{number:06d}.json").write_text(text)
    return root


def test_deepfashion2_pairs_go_by_pair_and_style(pairs_root):
    crops = deepfashion2_garments(DrawingDetector(), read_deepfashion2(pairs_root, "train"))
    assert [row["identity"] for row in crops.rows] == ["7/1", "7/1", "alone/301"]
    assert [row["source"] for row in crops.rows] == ["user", "shop", "user"]
    assert (crops.pixels[..., 3] > 0).mean() > 0.5


def test_an_embedder_learns_from_deepfashion2_pairs(pairs_root, exported, tmp_path):
    out = tmp_path / "learnt.pt"
    arguments = [str(out), "--data", str(pairs_root), "--format", "deepfashion2"]
    fit_embedder.main([*arguments, "--weights", str(exported[0]), "--epochs", "2"])
    log = json.loads(out.with_suffix(".json").read_text())
    plot.main([str(out.with_suffix(".json"))])
    assert out.with_suffix(".png").read_bytes()[:4] == b"\x89PNG"
    assert log["curve"][-1]["epoch"] == 2 and np.isfinite(log["curve"][-1]["losses"]["embedding"])


def test_a_garment_in_a_street_lies_where_its_box_says(coco_root):
    sample = next(s for s in read_coco(coco_root, "train") if s.source == "shop")
    _, crop = annotated_crops(sample)[0]
    scene = np.full((300, 200, 3), 120, np.uint8)
    for seed in range(6):
        photo, box = views.worn_photo(crop, scene, np.random.default_rng(seed))
        changed = np.abs(photo.astype(int) - 120).max(2) > 60
        ys, xs = np.nonzero(changed)
        assert photo.shape == scene.shape and len(xs) > 100
        assert np.abs(np.float32([xs.min(), ys.min(), xs.max(), ys.max()]) - box).max() < 8


def test_worn_garments_that_the_parser_misses_are_counted(coco_root):
    samples = [s for s in read_coco(coco_root, "train") if s.garments]

    class Blind(DrawingDetector):
        identity = "blind"

        def detect(self, photo):
            nothing = np.zeros((0, 4), np.float32)
            return {"boxes": nothing, "labels": np.zeros(0, int), "masks": []}

    scenes = [s for s in samples if s.source == "user"]
    crops = worn_garments(Blind(), samples[:4], scenes, "worn-test", 1)
    assert crops.found == 0 and len(crops.missed) == sum(len(s.garments) for s in samples[:4])


def test_a_collection_is_made_once_for_a_key():
    made = []

    def make():
        made.append(1)
        yield {"item": len(made)}, np.zeros((160, 160, 4), np.uint8)
        yield {"item": 0}, None

    assert cached("some", "one", make).rows == [{"item": 1}]
    assert cached("some", "one", make).missed == [{"item": 0}]
    assert cached("some", "two", make).rows == [{"item": 2}]
    assert len(made) == 2


def test_lab_histograms_see_colour_under_the_mask_alone():
    crops = np.full((3, 160, 160, 4), 255, np.uint8)
    crops[0, ..., :3] = crops[1, ..., :3] = (200, 30, 30)
    crops[2, ..., :3] = (30, 30, 200)
    crops[1, :80, :, 3] = 0
    crops[1, :80, :, :3] = (30, 30, 200)
    vectors = lab_histogram(crops, np.zeros(3))
    assert vectors[0] @ vectors[1] == pytest.approx(1) and vectors[0] @ vectors[2] == 0


def test_crops_join_with_their_rows():
    one = gather([({"item": 1}, np.zeros((160, 160, 4), np.uint8))])
    two = gather([({"item": 2}, np.ones((160, 160, 4), np.uint8)), ({"item": 3}, None)])
    both = Crops.join([one, two])
    assert both.column("item").tolist() == [1, 2] and both.found == pytest.approx(2 / 3)


def test_from_photos_to_a_shipped_embedder_and_its_figures(
    coco_root, exported, tmp_path, capsys, monkeypatch
):
    # Of twelve photos more than a twelfth must be kept aside, or there are none.
    monkeypatch.setattr(pairs, "in_dev", lambda sample: in_dev(sample, 0.5))
    folder = tmp_path / "weights"
    folder.mkdir()
    for name in ("parser.onnx", "embedder.onnx", "manifest.json"):
        (folder / name).write_bytes((exported[0] / name).read_bytes())
    parser = (folder / "parser.onnx").read_bytes()
    learnt = tmp_path / "learnt.pt"
    colour(coco_root)
    shared = ["--data", str(coco_root), "--weights", str(folder)]
    fit_embedder.main([str(learnt), *shared, "--epochs", "2"])
    ship_embedder.main([str(learnt), "--weights", str(folder), "--version", "9.0.0"])
    manifest = json.loads((folder / "manifest.json").read_text())
    entry = manifest["embedder"]
    assert (folder / "parser.onnx").read_bytes() == parser
    assert [p["name"] for p in entry["parts"]] == ["category", "colour", "pattern"]
    assert entry["parts"][0]["from"] == 0 and entry["parts"][2]["to"] == 256
    assert sum(p["weight"] for p in entry["parts"]) == pytest.approx(1)
    assert set(entry["colourPrototypes"]) == {"red", "blue"}
    prototype = np.float32(entry["colourPrototypes"]["blue"])
    assert len(prototype) == 64 and np.linalg.norm(prototype) == pytest.approx(1, abs=1e-3)
    assert entry["model"].startswith("armoire-9.0.0-")
    capsys.readouterr()
    compare = ["--compare", f"before={exported[0]}", "--update-manifest"]
    retrieve.main([*shared, *compare])
    assert "| Lab colour histogram |" in capsys.readouterr().out
    figures = json.loads((folder / "manifest.json").read_text())["retrieval"]
    assert figures["items"] == 8 and figures["street"]["garments"] == 4
    assert ShippedEmbedder(folder)(np.zeros((1, 160, 160, 4), np.uint8), np.ones(1)).shape == (
        1,
        256,
    )
    assert 0 <= figures["coloursNamed"] <= 1 and "colour@10" in figures["inAnotherColour"]
    assert torch.load(learnt, weights_only=True)["prototypes"].keys() == {"red", "blue"}


def colour(root) -> None:
    """Names the drawings' colours."""
    for split in ("train", "val"):
        path = root / "annotations" / f"{split}.json"
        table = json.loads(path.read_text())
        for annotation in table["annotations"]:
            annotation["colour"] = "red" if annotation["id"] % 2 else "blue"
        path.write_text(json.dumps(table))
