import numpy as np
import pytest

from armoire.data.coco import read_coco
from armoire.evaluation.threshold import best_threshold, outcomes, suppress


def row(box, score, category=9):
    x1, y1, x2, y2 = box
    bbox = [x1, y1, x2 - x1, y2 - y1]
    return {"image_id": 2, "category_id": category, "bbox": bbox, "score": score}


def test_a_garment_is_named_once():
    rows = [row((0, 0, 50, 50), 0.6, 7), row((2, 0, 50, 50), 0.9), row((60, 0, 90, 50), 0.3)]
    assert [r["score"] for r in suppress(rows)] == [0.9, 0.3]


def test_outcomes_by_hand(coco_root):
    sample = read_coco(coco_root, "train")[1]
    right, twice, wrong = (20, 30, 76, 100), (20, 30, 60, 80), (0, 100, 30, 128)
    rows = [row(right, 0.9), row(twice, 0.8), row(wrong, 0.7), row((60, 0, 90, 20), 0.6)]
    assert outcomes(sample, rows) == [(0.9, True), (0.8, False), (0.7, False), (0.6, False)]
    sample.ignore = np.float32([[0, 100, 30, 128]])
    assert outcomes(sample, rows) == [(0.9, True), (0.8, False), (0.6, False)]


def test_the_best_threshold_balances_misses_and_false_alarms():
    found = [(0.92, True), (0.72, True), (0.52, False), (0.32, True), (0.12, False)]
    best = best_threshold(found, garments=3)
    assert best["recall"] == 1.0 and best["precision"] == pytest.approx(0.75)
    assert 0.12 < best["threshold"] <= 0.32
