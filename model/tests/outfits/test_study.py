import json

import numpy as np
import pytest

from armoire.outfits.catalogue import generate
from armoire.outfits.fitting import FitConfig
from armoire.outfits.judges import camera_scores, named_colours, popularity
from armoire.outfits.study import CONTROLS, MODEL, VIEWS, Study, best_control, table
from armoire.outfits.wardrobe import Wardrobe
from armoire.photo import COLOURS
from tests.outfits.wardrobes import drawn_wardrobe
from tools.outfits import measured

QUICK = FitConfig(rank=8, steps=40, batch=32, negatives=8, lr=0.02)
PROTOTYPES = {name: np.eye(64)[place].tolist() for place, name in enumerate(COLOURS)}


@pytest.fixture(scope="module")
def study():
    seen, kept = drawn_wardrobe(60), drawn_wardrobe(24, seed=0, split="val")
    return Study(
        Wardrobe(
            seen.pieces + kept.pieces,
            np.concatenate([seen.vectors, kept.vectors]),
            np.concatenate([seen.cameras, kept.cameras]),
        ),
        PROTOTYPES,
        QUICK,
    )


def test_the_model_stands_beside_every_control_in_both_views(study):
    looks = study.wardrobe.looks(("train",))
    found = study.across_folds(looks, np.arange(len(looks)), study.judges, resamples=100)
    results = {"folds": found, "val": study.on_val(100)}
    for views in results.values():
        assert set(views) == set(VIEWS)
        for view in views.values():
            assert set(view["FITB"]) == {MODEL, *CONTROLS}
            assert set(view["lead"]["AUC"]) == set(CONTROLS)
            assert table(view).count("\n") == 1 + len(view["FITB"])
    lead = found["as they are"]["lead"]["FITB"]["random"]
    assert lead[0] > 0.1 and lead[1] < lead[0] < lead[2]
    kept = json.loads(json.dumps(measured(results)))
    assert kept["val"]["each retaken"]["FITB"]["bestControl"] in CONTROLS
    best = best_control(found["as they are"], "FITB")
    assert best in ("same colour", "embedding similarity")


def test_more_looks_are_asked_about_by_share(study):
    looks = study.wardrobe.looks(("train",))
    curve = study.learning_curve(looks, np.arange(len(looks)), resamples=20)
    assert list(curve) == ["0.125", "0.25", "0.5"]
    assert 0 <= curve["0.5"]["as they are"]["FITB"][MODEL][0] <= 1


def test_generation_measures_all_judges(study):
    found = generate(study, drawn_wardrobe(20, views=1), anchors=10)
    assert set(found) == {MODEL, *CONTROLS}
    assert all(0 < d["coverage"] <= 1 and 0 <= d["gini"] < 1 for d in found.values())


def test_colours_without_a_label_are_the_nearest_prototypes():
    drawn = drawn_wardrobe(2)
    drawn.colours[0] = -1
    drawn.vectors[0, 0, 64:128] = 0
    drawn.vectors[0, 0, 64 + 5] = 0.4
    named = named_colours(drawn, PROTOTYPES)
    assert named[0] == 5 and np.array_equal(named[1:], drawn.colours[1:])


def test_popularity_counts_a_colour_in_its_category_alone():
    categories, colours = np.array([2, 2, 2, 8, 8]), np.array([0, 0, 1, 1, 3])
    found = popularity(colours, categories, np.array([0, 1, 2, 3]))
    assert found.tolist() == pytest.approx([2 / 3, 2 / 3, 1 / 3, 1, 0])


def test_two_crops_of_one_camera_are_the_nearest():
    rng = np.random.default_rng(1)
    cameras = rng.normal(size=(20, 9))
    cameras[7] = cameras[3]
    scores = camera_scores(cameras, np.full(20, 8), np.arange(20))
    assert np.argmax(np.delete(scores[3], 3)) == 6 and np.allclose(scores, scores.T)
