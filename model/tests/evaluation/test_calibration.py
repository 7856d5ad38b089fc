import json
import shutil

import numpy as np
import pytest

from armoire.evaluation import calibration
from armoire.evaluation.calibration import KNOTS, Outcomes
from armoire.manifest import read_manifest
from armoire.paths import WEIGHTS
from armoire.photo import CATEGORIES
from tools import calibrate


def draw_outcomes(seed: int, count: int = 4000) -> Outcomes:
    """Skirts (9) are right as often as score², trousers (8) as often as their score says."""
    rng = np.random.default_rng(seed)
    score = rng.uniform(0.05, 1, count)
    category = rng.choice([8, 9], count)
    right = rng.random(count) < np.where(category == 9, score**2, score)
    return Outcomes(score, right.astype(float), category, np.arange(count) // 4)


def test_scores_come_to_mean_precision_where_they_did_not():
    curves = calibration.fit(draw_outcomes(1), 10)
    found = draw_outcomes(2)
    skirts = found.where(found.category == 9)
    after = calibration.apply(curves, skirts)
    assert calibration.error(skirts.score, skirts.correct)[1] > 0.1
    assert calibration.error(after, skirts.correct)[1] < 0.03
    trousers = found.where(found.category == 8)
    assert np.abs(calibration.apply(curves, trousers) - trousers.score).max() < 0.05


def test_a_rare_category_falls_back_on_the_shared_curve():
    found = draw_outcomes(1)
    one = Outcomes(np.array([0.9]), np.array([0.0]), np.array([3]), np.array([9999]))
    both = Outcomes(
        *(
            np.concatenate([getattr(found, k), getattr(one, k)])
            for k in ("score", "correct", "category", "photo")
        )
    )
    curves = calibration.fit(both, 30)
    assert (curves[13] == curves[0]).all()
    assert np.abs(curves[3] - curves[0]).max() < 0.1
    assert np.abs(curves[9] - curves[8]).max() > 0.5


def test_points_rise_even_where_high_scores_are_wrong():
    score = np.linspace(0.1, 0.9, 50)
    curve = calibration.fit_curve(score, (score < 0.5).astype(float))
    table = np.array(calibration.points(curve))
    assert table[:, 0].tolist() == list(KNOTS)
    assert (np.diff(table[:, 1]) > 0).all()


def test_cross_validation_prefers_the_shared_curve_where_there_is_little():
    rng = np.random.default_rng(4)
    score = rng.uniform(0.05, 1, 60)
    few = Outcomes(score, (rng.random(60) < score) * 1.0, rng.integers(1, 14, 60), np.arange(60))
    assert calibration.cross_validated(few, 1000) < calibration.cross_validated(few, 0.01)


def test_the_verb_writes_its_own_entry_and_nothing_else(coco_root, exported, tmp_path, capsys):
    weights = shutil.copytree(exported[0], tmp_path / "weights")
    before = read_manifest(weights)
    arguments = ["--data", str(coco_root), "--weights", str(weights), "--dev-share", "1"]
    plot = tmp_path / "curves" / "calibration.png"
    calibrate.main([*arguments, "--plot", str(plot), "--update-manifest"])
    printed = json.loads(capsys.readouterr().out)
    after = read_manifest(weights)
    entry = after["parser"].pop("calibration")
    assert after == before
    assert entry["error"] == printed["error"]
    assert entry["error"]["after"] < entry["error"]["before"] or entry["error"]["before"] < 0.1
    assert list(entry["points"]) == list(CATEGORIES)
    assert plot.stat().st_size > 1000


def test_the_shipped_calibration_rises_and_keeps_every_category():
    manifest = read_manifest(WEIGHTS)
    entry = manifest["parser"].get("calibration")
    if entry is None:
        pytest.skip("the shipped weights are not calibrated")
    for name in CATEGORIES:
        table = np.array(entry["points"][name])
        assert (np.diff(table, axis=0) > 0).all() and (table >= 0).all() and (table <= 1).all()
    assert entry["error"]["after"] < entry["error"]["before"]
