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
from armoire.modeling.pattern import PATTERNS, PatternHead, Texture, quadrature_filters
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


def test_waves_are_measured_as_if_one_by_one():
    crops = torch.from_numpy(np.stack([draw("striped"), draw("checked", 10)]))
    texture = Texture()
    light = torch.randn(2, 3, 24, 20)
    inside = (torch.rand(2, 1, 24, 20) > 0.3).float()
    logs, shares = texture.measure(light, inside, texture.both)
    area = inside.sum((2, 3))
    for place, (period, radius) in enumerate([(3.0, 3), (4.4, 4)]):
        filters = quadrature_filters(period, radius)
        for channel in range(3):
            waves = F.conv2d(light[:, channel : channel + 1], filters, padding=radius)
            energy = (waves[:, 0::2] ** 2 + waves[:, 1::2] ** 2 + 1e-8).sqrt()
            mean = (energy * inside).sum((2, 3)) / area
            total = mean.mean(1)
            assert torch.allclose(logs[:, channel * 2 + place], torch.log(total + 0.002), atol=1e-5)
            if channel:
                continue
            a, b, c, d = energy.unbind(1)
            over = lambda values: (values * inside[:, 0]).sum((1, 2)) / area[:, 0]  # noqa: E731
            off = (a + b + c + d) / 4 - total[:, None, None]
            expected = [
                *(mean[:, 0::2].amax(1), mean[:, 0::2].amin(1)),
                *(mean[:, 1::2].amax(1), mean[:, 1::2].amin(1)),
                (over(off**2) + 1e-10).sqrt(),
                over(torch.minimum(a, c)),
                over(((a - c) ** 2 + (b - d) ** 2 + 1e-10).sqrt()),
            ]
            mine = shares.reshape(2, 2, 7)[:, place]
            wanted = torch.stack(expected, 1) / (total[:, None] + 0.003)
            assert torch.allclose(mine, wanted, atol=1e-5)
    assert torch.isfinite(texture(crops)).all()


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
