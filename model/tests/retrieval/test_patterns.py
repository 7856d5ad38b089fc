"""The pattern head: woven crops, thresholds, and that the shipped file agrees with PyTorch."""

import json

import numpy as np
import pytest
import torch

from armoire.deploy.attributes import FILE, export_attributes
from armoire.deploy.runtime import open_session
from armoire.manifest import read_manifest
from armoire.modeling.pattern import PATTERNS, PatternHead
from armoire.paths import WEIGHTS
from armoire.retrieval.patterns import LABELS, WOVEN, lowest_thresholds, texture_size, weave


def plain_crop(side: int = 160) -> np.ndarray:
    crop = np.zeros((side, side, 4), np.uint8)
    crop[10:-10, 30:-30] = (120, 150, 170, 255)
    return crop


@pytest.mark.parametrize("pattern", WOVEN)
def test_weaving_changes_the_cloth_alone(pattern):
    crop = plain_crop()
    woven = weave(crop, pattern, np.random.default_rng(3))
    assert (woven[..., 3] == crop[..., 3]).all()
    assert (woven[crop[..., 3] == 0] == 0).all()
    assert woven[crop[..., 3] > 0][:, :3].std(0).max() > 3


def test_the_exported_file_agrees_with_pytorch(tmp_path):
    torch.manual_seed(1)
    head = PatternHead(texture_size()).eval()
    export_attributes(head, tmp_path / FILE)
    rng = np.random.default_rng(1)
    crops = np.stack([weave(plain_crop(), name, rng) for name in ("striped", "dotted", "checked")])
    ours = open_session(tmp_path / FILE).run(None, {"crops": crops})[0]
    with torch.no_grad():
        expected = head(torch.from_numpy(crops)).numpy()
    assert np.abs(ours - expected).max() < 1e-4
    assert ours.sum(1) == pytest.approx(1)


def test_the_shipped_head_tells_woven_cloth():
    session = open_session(WEIGHTS / FILE)
    rng = np.random.default_rng(5)
    for name in ("striped", "checked"):
        crops = np.stack([weave(plain_crop(), name, rng) for _ in range(12)])
        guess = session.run(None, {"crops": crops})[0].argmax(1)
        assert (guess == PATTERNS.index(name)).mean() >= 0.6, name
    plain = session.run(None, {"crops": plain_crop()[None]})[0]
    assert plain.argmax(1) == PATTERNS.index("plain")
    assert read_manifest(WEIGHTS)["attributes"]["patterns"] == list(PATTERNS)


def test_a_threshold_needs_proof():
    probabilities = np.full((40, len(PATTERNS)), 0.02)
    truth = np.array([0] * 20 + [1] * 20)
    probabilities[np.arange(40), truth] = 0.9
    # Ten of twenty guesses of less confidence are wrong.
    probabilities[20:30] = [0.32, 0.6, 0.02, 0.02, 0.02, 0.02]
    truth[20:30] = 0
    thresholds = lowest_thresholds(probabilities, truth, np.ones(40))
    assert thresholds[0] == 0.5
    assert thresholds[1] == pytest.approx(0.61)
    # Nothing was guessed to be checked.
    assert thresholds[2] == 1.0


def test_labels_are_of_known_patterns():
    table = json.loads(LABELS.read_text())
    assert set(table["rules"]) == set(PATTERNS)
    for names in table["labels"].values():
        assert set(names.values()) <= set(PATTERNS)
    assert {str(i) for i in table["picked"]} <= set(table["labels"]["train"])
