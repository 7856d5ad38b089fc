"""Rewritten graphs give the same numbers as before, and what they were rewritten for is gone."""

from collections import Counter

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn

from armoire.deploy.rewrite import rewrite
from armoire.paths import WEIGHTS
from armoire.photo import normalise


class Pixels(nn.Module):
    """Pixels normalised, and alpha."""

    def forward(self, crops):
        alpha = (crops[..., 3:].float() / 255).permute(0, 3, 1, 2)
        return normalise(crops[..., :3]) * alpha, crops[..., :3].float().permute(0, 3, 1, 2)


class Places(nn.Module):
    """Rows put in their places, as torchvision puts the regions of a level."""

    def forward(self, rows, at):
        index = at.view(-1, 1, 1, 1).expand(at.size(0), rows.size(1), rows.size(2), rows.size(3))
        return torch.zeros(5, *rows.shape[1:]).scatter(0, index, rows)


PIXELS = np.random.default_rng(0).integers(0, 256, (2, 6, 4, 4), np.uint8)
ROWS = np.random.default_rng(0).normal(size=(3, 2, 4, 4)).astype(np.float32)


@pytest.mark.parametrize(
    ("module", "inputs"),
    [(Pixels(), (PIXELS,)), (Places(), (ROWS, np.array([4, 0, 2])))],
)
def test_rewritten_graphs_give_the_same_numbers(tmp_path, module, inputs):
    names = ["first", "second"][: len(inputs)]
    tensors = tuple(torch.from_numpy(value) for value in inputs)
    path = str(tmp_path / "graph.onnx")
    axes = {name: {0: "N"} for name in names}
    torch.onnx.export(
        module,
        tensors,
        path,
        dynamo=False,
        opset_version=17,
        input_names=names,
        dynamic_axes=axes,
    )
    before = onnx.load(path)
    after = onnx.load(path)
    rewrite(after)
    onnx.checker.check_model(after)
    assert before != after
    feeds = dict(zip(names, inputs, strict=True))
    old, new = (run(model, feeds) for model in (before, after))
    assert all(np.array_equal(a, b) for a, b in zip(old, new, strict=True))
    operators = Counter(node.op_type for node in after.graph.node)
    assert not operators["ScatterElements"]
    produced = {name: node.op_type for node in after.graph.node for name in node.output}
    for node in after.graph.node:
        if node.op_type == "Transpose":
            assert produced.get(node.input[0]) not in ("Cast", "Sub", "Div")


def run(model: onnx.ModelProto, feeds: dict[str, np.ndarray]) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(None, feeds)


@pytest.mark.parametrize("file", ["parser", "embedder", "attributes", "compatibility"])
def test_shipped_files_are_rewritten(file):
    model = onnx.load(WEIGHTS / f"{file}.onnx")
    before = model.SerializeToString()
    rewrite(model)
    assert model.SerializeToString() == before
