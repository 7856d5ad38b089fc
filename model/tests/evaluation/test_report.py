"""The report: what counts as what, worked out by hand, and the page with its pictures."""

import json
import re

import cv2
import numpy as np
import pytest

from armoire.data.coco import read_coco
from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.sample import Garment, Sample, box_rle
from armoire.evaluation import summary as evaluate
from armoire.evaluation.coco_eval import accumulate, ground_truth
from armoire.evaluation.matching import (
    confused_pairs,
    confusion,
    match_all,
    match_photo,
    worst_alarms,
    worst_misses,
)
from armoire.evaluation.report import write_report
from armoire.evaluation.report.measures import (
    area_counts,
    by_occlusion,
    calibration_error,
    curve,
    mean_curve,
    reliability,
)
from armoire.evaluation.report.pictures import path_data, view_of
from armoire.evaluation.summary import result_rows, score

TOP, TROUSERS, SKIRT = 1, 8, 9


def garment(category, box, **extra) -> Garment:
    x1, y1, x2, y2 = box
    outline = np.float32([[x1, y1], [x2, y1], [x2, y2], [x1, y2]])
    area = float((x2 - x1) * (y2 - y1))
    return Garment(category, np.float32(box), [outline], area, extra=extra)


def photo(tmp_path, *garments, identifier=1, regions=()) -> Sample:
    ignore = np.zeros((0, 4), np.float32)
    path = tmp_path / f"{identifier}.png"
    return Sample(path, identifier, 96, 128, "user", list(garments), ignore, list(regions))


def rows_of(identifier, *found) -> list[dict]:
    """(category, box, score) ... → result rows with full masks."""
    table = {
        "boxes": np.float32([box for _, box, _ in found]).reshape(-1, 4),
        "scores": np.float32([s for _, _, s in found]),
        "labels": np.int64([c for c, _, _ in found]),
        "masks": np.ones((len(found), 28, 28), np.float32),
    }
    return result_rows(identifier, table, (128, 96))


UPPER, LOWER, ASIDE = (10, 10, 60, 60), (10, 62, 60, 120), (64, 4, 92, 50)


def outcomes(cases) -> list[str]:
    return sorted(c.outcome for c in cases)


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


def test_curve_by_hand(tmp_path):
    samples = [photo(tmp_path, garment(TOP, UPPER), identifier=i) for i in (1, 2)]
    rows = rows_of(1, (TOP, UPPER, 0.9), (TOP, ASIDE, 0.8)) + rows_of(2, (TOP, UPPER, 0.7))
    run = accumulate(ground_truth(samples), rows)
    found = curve(run, 0.5, TOP - 1, threshold=0.85)
    assert found.precision[:51] == pytest.approx(1)
    assert found.precision[51:] == pytest.approx(2 / 3)
    assert found.point == pytest.approx((0.5, 1))
    assert curve(run, 0.5, SKIRT - 1) is None
    assert mean_curve([found, None]).precision == pytest.approx(found.precision)
    assert mean_curve([None]) is None


def test_occlusion_leaves_garments_of_other_levels_out(tmp_path):
    first = photo(tmp_path, garment(TOP, UPPER, occlusion=1), garment(TOP, LOWER, occlusion=3))
    rows = rows_of(1, (TOP, UPPER, 0.9))
    slight, medium, heavy = by_occlusion([first], rows)
    assert (slight["garments"], slight["box"]) == (1, pytest.approx(1, abs=1e-3))
    assert (medium["garments"], medium["box"]) == (0, None)
    assert (heavy["garments"], heavy["box50"]) == (1, 0)
    assert by_occlusion([photo(tmp_path, garment(TOP, UPPER))], rows) == []


def test_areas_are_cocos(tmp_path):
    sizes = [garment(TOP, (0, 0, side, 32)) for side in (31, 32, 287, 288)]
    counts = area_counts([photo(tmp_path, *sizes)])
    assert counts == {"small": 1, "medium": 2, "large": 1}


def test_calibration_error_by_hand():
    bins = reliability([(0.95, True), (0.85, True), (0.85, False), (1.0, True)], bins=10)
    assert [(b.low, b.count, b.precision) for b in bins] == [(0.8, 2, 0.5), (0.9, 2, 1.0)]
    assert bins[1].score == pytest.approx(0.975)
    assert calibration_error(bins) == pytest.approx((2 * 0.35 + 2 * 0.025) / 4)
    assert calibration_error(reliability([])) is None


def test_views_stay_inside_the_photo_and_hold_the_garment():
    x, y, width, height = view_of(np.float32([900, 10, 990, 130]), 1000, 1400)
    assert x >= 0 and y == 0 and x + width == pytest.approx(1000, abs=0.1)
    assert width / height == pytest.approx(0.8, abs=0.01)
    x, y, width, height = view_of(np.float32([0, 0, 400, 100]), 400, 100)
    assert (x, width) == (0, 400) and y == pytest.approx((100 - height) / 2, abs=0.1)


def test_outlines_are_simplified():
    square = np.float32([[0, 0], [5, 0], [10, 0], [10, 10], [0, 10]])
    assert path_data([square], 0.5).count("L") == 3
    assert path_data([square[:2]], 0.5) == ""


def evaluated(samples, rows, area="mask") -> dict:
    return {"model": "<m&m>", "split": "val", "area": area, **score(samples, rows, 2)}


def test_the_page_shows_figures_and_failures(coco_root, tmp_path):
    samples = read_coco(coco_root, "val")
    # Photo 1: top right, trousers missed; 2: skirt taken for a top; 3: a false alarm beside it all.
    rows = rows_of(1, (TOP, (24, 10, 72, 56), 0.9)) + rows_of(2, (TOP, (20, 30, 76, 100), 0.8))
    rows += rows_of(3, (TOP, (24, 10, 72, 56), 0.9), (SKIRT, (74, 60, 94, 120), 0.7))
    folder = tmp_path / "report"
    page = write_report(folder, samples, rows, evaluated(samples, rows), 0.5, 3).read_text()
    assert "&lt;m&amp;m&gt;" in page and "<m&m>" not in page
    assert "skirt <span>taken for</span> short sleeve top" in page
    assert "skirt .700" in page and "nothing found on it" in page
    assert "By occlusion" not in page
    assert page.count('<svg class="chart"') == 1 + 3 + 2
    pictures = {path.name for path in folder.iterdir()} - {"index.html"}
    assert pictures == set(re.findall(r'<image href="([^"]+)"', page))
    for name in pictures:
        assert cv2.imread(str(folder / name)).shape == (128, 96, 3)
    # Nothing is fetched from anywhere else.
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page) and "<script" not in page
    assert "M24.0 10.0" in page


def test_pictures_are_bounded_a_section(coco_root, tmp_path):
    samples = read_coco(coco_root, "train")
    page = write_report(tmp_path / "r", samples, [], evaluated(samples, []), 0.5, 2).read_text()
    assert page.count("<figcaption>\n") == 2
    assert "2 of 18" in page and "Nothing was detected" in page
    for wrong in (0, 201):
        with pytest.raises(ValueError, match="between 1 and 200"):
            write_report(tmp_path / "r", samples, [], {}, 0.5, wrong)


def test_an_unreadable_photo_costs_its_picture_only(coco_root, tmp_path, caplog):
    samples = read_coco(coco_root, "val")
    (coco_root / "images" / "00002.png").write_text("not a picture")
    page = write_report(tmp_path / "r", samples, [], evaluated(samples, []), 0.5).read_text()
    assert "00002.png: not a readable image" in caplog.text
    assert "photo-2.jpg" not in page and "photo-4.jpg" in page


def test_deepfashion2_adds_occlusion_and_its_test_folder_has_nothing_to_miss(
    deepfashion2_root, tmp_path
):
    samples = read_deepfashion2(deepfashion2_root, "train")
    rows = rows_of(1, (SKIRT, (20, 30, 76, 100), 0.9))
    page = write_report(tmp_path / "a", samples, rows, evaluated(samples, rows, "box")).read_text()
    assert "By occlusion" in page and "slight or none <small>2</small>" in page
    assert "by box area" in page
    samples = read_deepfashion2(deepfashion2_root, "test")
    page = write_report(tmp_path / "b", samples, rows, evaluated(samples, rows)).read_text()
    assert "Nothing is annotated on these photos" in page


def test_the_result_file_is_enough(coco_root, tmp_path):
    """Detections and figures may come from files: what JSON keeps is all that is read."""
    samples = read_coco(coco_root, "val")
    rows = rows_of(1, (TOP, (24, 10, 72, 56), 0.9))
    result = json.loads(json.dumps(evaluated(samples, rows)))
    rows = json.loads(json.dumps(rows))
    assert "right" in write_report(tmp_path / "r", samples, rows, result).read_text()


def test_evaluate_writes_the_report_at_the_manifests_threshold(coco_root, exported, tmp_path):
    arguments = [str(coco_root), "--weights", str(exported[0]), "--bootstrap", "0"]
    arguments += ["--out", str(tmp_path / "out"), "--report", str(tmp_path / "report")]
    evaluate.main([*arguments, "--pictures", "1"])
    page = (tmp_path / "report" / "index.html").read_text()
    assert "scores of at least .07" in page
    evaluate.main([*arguments, "--threshold", "0.9"])
    assert "scores of at least .9" in (tmp_path / "report" / "index.html").read_text()
    with pytest.raises(SystemExit):
        evaluate.main([*arguments, "--pictures", "0"])
