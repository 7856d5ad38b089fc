"""An embedder with names in its vectors, and the compatibility model that goes on reading it."""

import numpy as np
import pytest
import torch

from armoire.deploy.compatibility import export_compatibility
from armoire.deploy.names import Weighting, back_to_before, principal_axes, rebase_compatibility
from armoire.deploy.runtime import open_session
from armoire.modeling.compatibility import Compatibility
from armoire.modeling.embedder import NAMED
from armoire.modeling.onnx_embedder import read_embedder

BEFORE = {"category": 0.3, "colour": 0.4, "pattern": 0.3}
AFTER = {"category": 0.5, "colour": 0.3, "pattern": 0.2}


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_compatibility_keeps_its_scores_when_names_come(tmp_path):
    rng = np.random.default_rng(1)
    # Category and colour span 40 of their 64 numbers, so that 51 axes hold all of them.
    parts = {n: unit(rng.normal(size=(60, 40)) @ rng.normal(size=(40, 64))) for n in NAMED}
    axes = {name: np.float32(principal_axes(part)) for name, part in parts.items()}
    parts["pattern"] = unit(rng.normal(size=(60, 128)))
    before, after = Weighting(BEFORE, {}), Weighting(AFTER, {"category": 0.6, "colour": 0.3})
    old = np.hstack([part * BEFORE[name] ** 0.5 for name, part in parts.items()])
    for name, share in after.shares.items():
        names = np.eye(13)[rng.integers(0, 13, 60)] * share**0.5
        parts[name] = np.hstack([names, parts[name] @ axes[name].T * (1 - share) ** 0.5])
    new = np.hstack([part * AFTER[name] ** 0.5 for name, part in parts.items()])
    torch.manual_seed(1)
    model = Compatibility(8)
    torch.nn.init.normal_(model.own)
    export_compatibility(model, tmp_path / "compatibility.onnx")
    kinds = rng.integers(0, 14, (2, 30))

    def scores(vectors: np.ndarray) -> np.ndarray:
        x, y = np.split(np.float32(vectors), 2)
        feed = {"embedding": x, "source": kinds[0], "target": kinds[1]}
        query = open_session(tmp_path / "compatibility.onnx").run(None, feed)[0]
        return (query * y).sum(1)

    expected = scores(old)
    rebase_compatibility(tmp_path / "compatibility.onnx", back_to_before(before, after, axes))
    assert scores(new) == pytest.approx(expected, abs=0.02 * float(np.abs(expected).max()))


def test_weights_alone_change_without_a_loss():
    rng = np.random.default_rng(1)
    x = rng.normal(size=256)
    one = Weighting(BEFORE, {"category": 0.3, "colour": 0.2})
    two = Weighting(AFTER, {"category": 0.6, "colour": 0.5})
    there, back = back_to_before(one, two, None), back_to_before(two, one, None)
    assert back @ (there @ x) == pytest.approx(x, abs=1e-5)


def test_an_exported_embedder_is_read_back(exported):
    folder, _, embedder = exported
    again = read_embedder(folder / "embedder.onnx", AFTER)
    crops = torch.randint(0, 255, (3, 160, 160, 4), dtype=torch.uint8)
    labels = torch.tensor([0, 1, 13], dtype=torch.uint8)
    with torch.no_grad():
        expected, found = embedder(crops, labels)[0], again(crops, labels)[0]
    parts = np.split(expected.numpy(), [64, 128], 1), np.split(found.numpy(), [64, 128], 1)
    for left, right in zip(*parts, strict=True):
        assert (unit(left) * unit(right)).sum(1) == pytest.approx([1.0] * 3, abs=1e-3)
