"""The pattern head: the exported file against PyTorch, drawn cloth, thresholds, labels."""

import json

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from armoire.deploy.attributes import FILE, export_attributes
from armoire.deploy.runtime import ShippedEmbedder, open_session
from armoire.manifest import read_manifest
from armoire.modeling.embedder import EMBEDDING_SIZE
from armoire.modeling.pattern import PATTERNS, PatternHead
from armoire.paths import WEIGHTS
from armoire.retrieval.patterns import LABELS, lowest_thresholds


def draw(pattern: str, period: int = 16) -> np.ndarray:
    """A crop of cloth: plain, striped or checked."""
    y, x = np.mgrid[:160, :160]
    across, down = (x // (period // 2)) % 2, (y // (period // 2)) % 2
    ink = {"plain": 0 * x, "striped": down, "checked": (across + down) / 2}[pattern]
    cloth = np.array([215, 208, 196]) * (1 - 0.7 * ink[..., None])
    crop = np.dstack([cloth, np.full((160, 160), 255)]).astype(np.uint8)
    crop[:, :25] = crop[:, -25:] = 0
    return crop


def test_the_exported_file_agrees_with_pytorch(tmp_path):
    torch.manual_seed(1)
    crops = np.stack([draw(name) for name in ("plain", "striped", "checked")])
    vectors = F.normalize(torch.randn(3, EMBEDDING_SIZE))
    size = PatternHead(1).describe(torch.from_numpy(crops), vectors).shape[1]
    head = PatternHead(size).eval()
    export_attributes(head, tmp_path / FILE)
    feed = {"crops": crops, "embeddings": vectors.numpy()}
    ours = open_session(tmp_path / FILE).run(None, feed)[0]
    with torch.no_grad():
        expected = head(torch.from_numpy(crops), vectors).numpy()
    assert np.abs(ours - expected).max() < 1e-4
    assert ours.sum(1) == pytest.approx(1)


def test_the_shipped_head_tells_drawn_cloth():
    session, embed = open_session(WEIGHTS / FILE), ShippedEmbedder(WEIGHTS)
    names = ("plain", "striped", "checked")
    crops = np.stack([draw(name) for name in names])
    found = session.run(None, {"crops": crops, "embeddings": embed(crops, np.zeros(3))})[0]
    assert [PATTERNS[i] for i in found.argmax(1)] == list(names)
    entry = read_manifest(WEIGHTS)["attributes"]
    assert entry["patterns"] == list(PATTERNS)
    assert entry["embedder"] == read_manifest(WEIGHTS)["embedder"]["model"]


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
