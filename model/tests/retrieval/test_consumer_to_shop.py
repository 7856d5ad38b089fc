"""The evaluator on cases small enough to score by hand."""

import json

import cv2
import numpy as np
import pytest

from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.sample import Garment
from armoire.retrieval.consumer_to_shop import assign_queries, first_hit, score
from tests.drawings import draw_photo, rectangle
from tools import consumer_to_shop

TOP, SKIRT = 1, 9
UPPER, LOWER = [10, 10, 60, 50], [10, 60, 60, 120]


def garment(category: int, box) -> Garment:
    return Garment(category, np.float32(box), [], 1.0)


def found(photo: int, box, category: int, sure: float, shown: list[tuple[int, list]]) -> dict:
    return {
        "query_image_id": photo,
        "query_bbox": box,
        "query_cls": category,
        "query_score": sure,
        "gallery_image_id": [p for p, _ in shown],
        "gallery_bbox": [b for _, b in shown],
    }


def test_the_best_scoring_detection_of_the_right_category_stands():
    garments = [garment(TOP, UPPER), garment(SKIRT, LOWER)]
    weak = found(1, [12, 10, 60, 50], TOP, 0.5, [])
    strong = found(1, [20, 10, 60, 55], TOP, 0.8, [])
    wrong = found(1, UPPER, SKIRT, 0.99, [])
    assert assign_queries(garments, [weak, wrong, strong]) == [strong, None]


def test_a_detection_that_overlaps_nothing_stands_for_nothing():
    assert assign_queries([garment(TOP, UPPER)], [found(1, [80, 80, 90, 90], TOP, 0.9, [])]) == [
        None
    ]


def test_a_hit_needs_the_photo_and_half_the_box():
    wanted = [(7, np.float32([0, 0, 100, 100]))]
    half = [0, 0, 100, 51]
    less = [0, 0, 100, 49]
    assert first_hit(found(1, UPPER, TOP, 1, [(8, half), (7, half)]), wanted) == 2
    assert first_hit(found(1, UPPER, TOP, 1, [(7, less), (8, half)]), wanted) is None


def item(category: int, style: int, box) -> dict:
    return {
        "category_id": category,
        "category_name": "",
        "style": style,
        "bounding_box": box,
        "segmentation": [rectangle(*box)],
        "landmarks": [],
        "scale": 1,
        "occlusion": 1,
        "zoom_in": 1,
        "viewpoint": 2,
    }


@pytest.fixture
def pair_root(tmp_path):
    """Photos 1, 2: shoppers, 3–5: shops. Pair 7 sells a top in two styles, pair 8 a skirt."""
    root = tmp_path / "deepfashion2"
    for name in ("image", "annos"):
        (root / "validation" / name).mkdir(parents=True)
    photos = {
        1: ("user", 7, {"item1": item(TOP, 1, UPPER), "item2": item(SKIRT, 0, LOWER)}),
        2: ("user", 8, {"item1": item(SKIRT, 1, LOWER)}),
        3: ("shop", 7, {"item1": item(TOP, 1, UPPER)}),
        4: ("shop", 7, {"item1": item(TOP, 2, UPPER)}),
        5: ("shop", 8, {"item1": item(SKIRT, 1, LOWER)}),
    }
    for number, (source, pair, items) in photos.items():
        folder = root / "validation"
        picture = draw_photo([i["bounding_box"] for i in items.values()], seed=number)
        cv2.imwrite(str(folder / "image" / f"{number:06d}.jpg"), picture)
        text = json.dumps({"source": source, "pair_id": pair, **items})
        (folder / "annos" / f"{number:06d}.json").write_text(text)
    return root


def test_only_garments_with_a_style_ask_and_another_style_is_no_hit(pair_root):
    samples = read_deepfashion2(pair_root, "validation")
    results = [
        # The other style first, the right one second.
        found(1, UPPER, TOP, 0.9, [(4, UPPER), (3, UPPER), (5, LOWER)]),
        found(1, LOWER, SKIRT, 0.9, [(5, LOWER)]),
        # Taken for another category: missed.
        found(2, LOWER, TOP, 0.9, [(5, LOWER)]),
    ]
    assert score(samples, results) == {
        "top-1": 0.0,
        "top-5": 0.5,
        "top-10": 0.5,
        "top-15": 0.5,
        "top-20": 0.5,
        "queries": 2,
        "missed": 1,
        "withoutShopPhoto": 0,
    }


def test_a_query_that_nobody_sells_counts_against(pair_root):
    (pair_root / "validation" / "annos" / "000005.json").unlink()
    samples = read_deepfashion2(pair_root, "validation")
    results = [
        found(1, UPPER, TOP, 0.9, [(3, UPPER)]),
        found(2, LOWER, SKIRT, 0.9, [(5, LOWER)]),
    ]
    assert score(samples, results)["top-1"] == 0.5
    assert score(samples, results)["withoutShopPhoto"] == 1


def test_results_are_made_written_and_scored(exported, pair_root, tmp_path, capsys):
    folder, _, _ = exported
    out = tmp_path / "made" / "results.json"
    arguments = [str(pair_root), "--weights", str(folder)]
    consumer_to_shop.main([*arguments, "--out", str(out)])
    made = json.loads(capsys.readouterr().out)
    rows = json.loads(out.read_text())
    assert made["queries"] == 2
    for row in rows:
        assert len(row["gallery_image_id"]) == len(row["gallery_bbox"]) <= 20
        assert row["query_image_id"] in (1, 2) and set(row["gallery_image_id"]) <= {3, 4, 5}
    consumer_to_shop.main([*arguments, "--results", str(out)])
    assert json.loads(capsys.readouterr().out) == made
