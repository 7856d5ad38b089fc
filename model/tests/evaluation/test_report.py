"""The report: its figures worked out by hand, and the page with its pictures."""

import json
import re

import cv2
import numpy as np
import pytest

from armoire.data.coco import read_coco
from armoire.data.deepfashion2 import read_deepfashion2
from armoire.evaluation.coco_eval import accumulate, ground_truth
from armoire.evaluation.report import write_report
from armoire.evaluation.report.measures import (
    area_counts,
    by_occlusion,
    curve,
    mean_curve,
)
from armoire.evaluation.report.pictures import path_data, view_of
from armoire.evaluation.summary import score
from tests.evaluation.cases import ASIDE, LOWER, SKIRT, TOP, UPPER, garment, photo, rows_of
from tools import evaluate


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
