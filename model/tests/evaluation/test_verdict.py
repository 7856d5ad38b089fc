import json

import numpy as np
import pytest

from armoire.evaluation.verdict import fit_logistic, held_back
from tools import fit_verdict

rng = np.random.default_rng(0)
# Two figures of different units; the first alone decides.
figures = np.stack([rng.uniform(0, 200, 400), rng.uniform(0, 0.1, 400)], 1)
fit = (figures[:, 0] < 80).astype(float)


def test_finds_the_figure_that_decides():
    bias, weights = fit_logistic(figures, fit)
    assert -bias / weights[0] == pytest.approx(80, abs=5)
    # By its own deviation the other counts next to nothing.
    deviations = figures.std(0)
    assert abs(weights[1] * deviations[1]) < 0.1 * abs(weights[0] * deviations[0])


def test_agrees_with_the_likelihoods_maximum():
    # Of four in one cell one is fit, of four in the other three: logits of -log 3 and log 3.
    cells = np.array([[0.0]] * 4 + [[1.0]] * 4)
    outcomes = np.array([1, 0, 0, 0, 1, 1, 1, 0], float)
    bias, weights = fit_logistic(cells, outcomes, ridge=1e-9)
    assert bias == pytest.approx(-np.log(3), abs=1e-4)
    assert weights[0] == pytest.approx(2 * np.log(3), abs=1e-4)


def test_a_group_does_not_judge_itself():
    # What tells the groups apart alone cannot be learnt without seeing them.
    groups = np.repeat(np.arange(40), 2)
    own = np.eye(40)[groups]
    outcomes = (groups % 2).astype(float)
    seen = own @ fit_logistic(own, outcomes, ridge=0.1)[1]
    assert seen[outcomes == 1].min() > seen[outcomes == 0].max()
    blind = held_back(own, outcomes, groups, ridge=0.1)
    assert not blind[outcomes == 1].min() > blind[outcomes == 0].max()


def test_prints_the_constants(tmp_path, caplog):
    columns = ["photo", *fit_verdict.FIGURES, "within", "grade"]
    rows = [
        [i // 2, x, y, 0.01, 0, 1, 4 if ok else 1]
        for i, ((x, y), ok) in enumerate(zip(figures, fit, strict=True))
    ]
    file = tmp_path / "previews.json"
    file.write_text(json.dumps({"columns": columns, "previews": rows}))
    with caplog.at_level("INFO"):
        fit_verdict.main([str(file)])
    assert "400 judged, 400 within the limits" in caplog.text
    brightness = next(r.getMessage() for r in caplog.records if "brightness" in r.getMessage())
    assert float(brightness.split()[1]) < 0
