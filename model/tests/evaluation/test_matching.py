"""Which detection belongs to which garment, worked out by hand."""

import numpy as np
import pytest

from armoire.data.coco import read_coco
from armoire.data.masks import box_rle
from armoire.evaluation.matching import (
    confused_pairs,
    confusion,
    match_all,
    match_photo,
    nms,
    scored_outcomes,
    worst_alarms,
    worst_misses,
)
from tests.evaluation.cases import (
    ASIDE,
    LOWER,
    SKIRT,
    TOP,
    TROUSERS,
    UPPER,
    garment,
    photo,
    rows_of,
)


def outcomes(cases) -> list[str]:
    return sorted(c.outcome for c in cases)


def row(box, score, category=9):
    x1, y1, x2, y2 = box
    bbox = [x1, y1, x2 - x1, y2 - y1]
    return {"image_id": 2, "category_id": category, "bbox": bbox, "score": score}


def test_a_garment_is_named_once():
    rows = [row((0, 0, 50, 50), 0.6, 7), row((2, 0, 50, 50), 0.9), row((60, 0, 90, 50), 0.3)]
    assert [r["score"] for r in nms(rows)] == [0.9, 0.3]


def test_outcomes_by_hand(coco_root):
    sample = read_coco(coco_root, "train")[1]
    right, twice, wrong = (20, 30, 76, 100), (20, 30, 60, 80), (0, 100, 30, 128)
    rows = [row(right, 0.9), row(twice, 0.8), row(wrong, 0.7), row((60, 0, 90, 20), 0.6)]
    assert scored_outcomes([sample], rows) == [
        (0.9, True),
        (0.8, False),
        (0.7, False),
        (0.6, False),
    ]
    sample.ignore = np.float32([[0, 100, 30, 128]])
    assert scored_outcomes([sample], rows) == [(0.9, True), (0.8, False), (0.6, False)]


def test_the_best_score_takes_the_garment_whatever_its_category(tmp_path):
    sample = photo(tmp_path, garment(TOP, UPPER))
    # IoU of the two detections .52, so that both are shown: the second finds no garment left.
    rows = rows_of(1, (SKIRT, UPPER, 0.9), (TOP, (10, 10, 60, 36), 0.8))
    cases = match_photo(sample, rows, 0.5)
    assert outcomes(cases) == ["confused", "false alarm"]
    assert cases[0].iou == pytest.approx(1)
    assert cases[1].near is sample.garments[0]
    assert cases[1].iou == pytest.approx(0.52)


def test_a_detection_below_the_threshold_is_a_miss_with_a_trace(tmp_path):
    sample = photo(tmp_path, garment(TOP, UPPER), garment(TROUSERS, LOWER))
    rows = rows_of(1, (TOP, UPPER, 0.3))
    first, second = match_photo(sample, rows, 0.5)
    assert (first.outcome, first.near) == ("missed", rows[0])
    assert (second.outcome, second.near) == ("missed", None)
    assert worst_misses([first, second], 5) == [second, first]
    assert outcomes(match_photo(sample, rows, 0.2)) == ["missed", "right"]


def test_what_lies_in_an_ignore_region_is_no_false_alarm(tmp_path):
    region = box_rle((62, 0, 34, 60), 128, 96)
    rows = rows_of(1, (TOP, ASIDE, 0.9))
    assert outcomes(match_photo(photo(tmp_path), rows, 0.5)) == ["false alarm"]
    assert match_photo(photo(tmp_path, regions=[region]), rows, 0.5) == []


def test_confusion_has_a_row_for_misses_and_a_column_for_false_alarms(tmp_path):
    sample = photo(tmp_path, garment(TOP, UPPER), garment(TROUSERS, LOWER))
    other = photo(tmp_path, garment(TOP, UPPER), garment(SKIRT, LOWER), identifier=2)
    rows = rows_of(1, (TOP, UPPER, 0.9), (SKIRT, LOWER, 0.8), (TOP, ASIDE, 0.7))
    cases = match_all([sample, other], rows + rows_of(2, (TOP, UPPER, 0.6)), 0.5)
    table = confusion(cases)
    assert table[TOP - 1, TOP - 1] == 2
    assert table[SKIRT - 1, TROUSERS - 1] == 1
    assert table[13, SKIRT - 1] == 1
    assert table[TOP - 1, 13] == 1
    assert table.sum() == 5


def test_the_worst_are_bounded_and_in_order(tmp_path):
    samples = [photo(tmp_path, garment(TOP, UPPER), identifier=i) for i in (1, 2, 3, 4)]
    scores = {1: 0.6, 2: 0.9, 3: 0.7, 4: 0.8}
    wrong = {1: SKIRT, 2: SKIRT, 3: SKIRT, 4: TROUSERS}
    rows = [r for i in wrong for r in rows_of(i, (wrong[i], UPPER, scores[i]))]
    pairs = confused_pairs(match_all(samples, rows, 0.5), 3, each=2)
    assert [(t, p, n) for t, p, n, _ in pairs] == [(TOP, SKIRT, 3), (TOP, TROUSERS, 1)]
    assert [[c.sample.identifier for c in mine] for *_, mine in pairs] == [[2, 3], [4]]
    assert [len(mine) for *_, mine in confused_pairs(match_all(samples, rows, 0.5), 1)] == [1]
    alarms = [r for i in wrong for r in rows_of(i, (TOP, ASIDE, scores[i]))]
    worst = worst_alarms(match_all(samples, alarms, 0.5), 2)
    assert [c.sample.identifier for c in worst] == [2, 4]
