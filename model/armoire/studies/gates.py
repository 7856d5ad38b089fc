"""Squeeze-and-excitation: what the gates cost in time, and what values they have learnt.

Times are of the backbone alone with and without gates, in ONNX Runtime on one thread; they do not
depend on the weights.
"""

import dataclasses
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from armoire.data.sample import Sample
from armoire.deploy.export import OPSET, count_parameters
from armoire.deploy.runtime import open_session
from armoire.evaluation.predict import read_photos
from armoire.modeling.backbone import SqueezeExcitation
from armoire.modeling.backbones import make_backbone
from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser
from armoire.photo import letterbox, normalise


class Features(nn.Module):
    """A photo uint8 [1, H, W, 3] → the backbone's last features."""

    def __init__(self, backbone: nn.Module):
        super().__init__()
        self.backbone = backbone

    def forward(self, image: Tensor) -> Tensor:
        return self.backbone(normalise(image))[-1]


def export_backbone(network: NetworkConfig, path: Path) -> int:
    """Writes the backbone's graph; returns its number of parameters."""
    torch.manual_seed(1)
    backbone = make_backbone(network).eval()
    image = torch.zeros((1, 64, 64, 3), dtype=torch.uint8)
    axes = {"image": {1: "H", 2: "W"}}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Features(backbone),
            (image,),
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=["image"],
            output_names=["features"],
            dynamic_axes=axes,
        )
    return count_parameters(backbone)


def time_backbones(paths: list[Path], side: int, rounds: int) -> np.ndarray:
    """Milliseconds [rounds, 2] of both graphs in turn; every round begins with the other one."""
    sessions = [open_session(path, 1) for path in paths]
    short = side * 3 // 4 // 32 * 32
    image = np.random.default_rng(1).integers(0, 255, (1, side, short, 3), np.uint8)
    times = np.zeros((rounds, len(paths)))
    for turn in range(-3, rounds):
        order = range(len(paths)) if turn % 2 else reversed(range(len(paths)))
        for column in order:
            began = time.perf_counter()
            sessions[column].run(None, {"image": image})
            if turn >= 0:
                times[turn, column] = 1000 * (time.perf_counter() - began)
    return times


def median_interval(values: np.ndarray, resamples: int = 1000) -> tuple[float, float, float]:
    """The median and its 95 % bootstrap interval."""
    drawn = np.random.default_rng(1).choice(values, (resamples, len(values)))
    low, high = np.quantile(np.median(drawn, 1), [0.025, 0.975])
    return float(np.median(values)), float(low), float(high)


def cost_row(side: int, times: np.ndarray) -> list[str]:
    """A table row from milliseconds [rounds, (with, without)]; the runs of a round are compared."""
    cost, low, high = median_interval(times[:, 0] - times[:, 1])
    ratio = median_interval(times[:, 0] / times[:, 1])
    medians = [f"{ms:.1f}" for ms in np.median(times, 0)]
    between = f"{ratio[0]:.3f} [{ratio[1]:.3f}, {ratio[2]:.3f}]"
    return [f"{side} px", *medians, f"{cost:.2f} [{low:.2f}, {high:.2f}]", between]


def measure_cost(
    network: NetworkConfig, sides: list[int], rounds: int
) -> tuple[list[list[str]], list[int]]:
    """Table rows by input side, and the numbers of parameters with gates and without."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{name}.onnx" for name in ("with", "without")]
        networks = [dataclasses.replace(network, se=se) for se in (True, False)]
        sizes = [export_backbone(n, p) for n, p in zip(networks, paths, strict=True)]
        rows = [cost_row(side, time_backbones(paths, side, rounds)) for side in sides]
    return rows, sizes


@torch.no_grad()
def gate_values(parser: Parser, samples: list[Sample], side: int) -> dict[str, np.ndarray]:
    """Every block's gates on photos [photos, channels], 0–1; blocks are STAGE.BLOCK from 2.1 on."""
    found: dict[str, list[np.ndarray]] = {}

    def keep(name: str):
        def hook(_module, _inputs, gate: Tensor) -> None:
            found.setdefault(name, []).append(torch.sigmoid(gate)[0].float().numpy())

        return hook

    for stage, blocks in enumerate(parser.backbone.stages, 2):
        for number, block in enumerate(blocks, 1):
            if isinstance(block.gate, SqueezeExcitation):
                block.gate.excite.register_forward_hook(keep(f"{stage}.{number}"))
    for _, photo in read_photos(samples):
        parser.backbone(normalise(torch.from_numpy(letterbox(photo, side)[0])[None]))
    return {name: np.stack(values) for name, values in found.items()}


def gate_rows(values: dict[str, np.ndarray]) -> list[list[str]]:
    """By stage: mean, deviation over channels, deviation over photos, least, most."""
    rows = []
    for stage in sorted({name.split(".")[0] for name in values}):
        gates = np.concatenate([v for k, v in values.items() if k.split(".")[0] == stage], 1)
        spreads = (gates.mean(), gates.mean(0).std(), gates.std(0).mean(), gates.min(), gates.max())
        rows.append([f"C{stage}", *(f"{value:.3f}" for value in spreads)])
    return rows
