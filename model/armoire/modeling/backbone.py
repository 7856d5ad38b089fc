"""The backbone: a ResNet with a squeeze-and-excitation (SE) gate in every residual block."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

BLOCKS = {18: (2, 2, 2, 2), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3)}
# A new gate is sigmoid(4) = .982, so that pretrained features pass almost unchanged.
GATE_BIAS_INIT = 4.0


class ConvNorm(nn.Module):
    """Convolution and normalisation without activation: [B, inputs, H, W] → [B, outputs, H', W'].

    `affine` is a folded batch norm with frozen statistics: a gain per output channel on the kernel,
    and a bias. It works at any batch size and saves a pass over the activations.
    """

    def __init__(self, inputs: int, outputs: int, size: int, stride: int = 1, norm: str = "affine"):
        super().__init__()
        self.stride, self.padding, self.norm = stride, size // 2, norm
        self.weight = nn.Parameter(torch.empty(outputs, inputs, size, size))
        nn.init.kaiming_normal_(self.weight, mode="fan_out", nonlinearity="relu")
        if norm == "affine":
            self.gain = nn.Parameter(torch.ones(outputs))
            self.bias = nn.Parameter(torch.zeros(outputs))
        elif norm == "batch":
            self.bn = nn.BatchNorm2d(outputs)
        elif norm == "group":
            self.bn = nn.GroupNorm(min(32, outputs // 8), outputs)
        else:
            raise ValueError(f"norm must be affine, batch or group, not {norm!r}")

    def forward(self, x: Tensor) -> Tensor:
        if self.norm == "affine":
            kernel = self.weight * self.gain[:, None, None, None]
            return F.conv2d(x, kernel, self.bias, self.stride, self.padding)
        return self.bn(F.conv2d(x, self.weight, None, self.stride, self.padding))


class SqueezeExcitation(nn.Module):
    """Average pool, two linear layers, sigmoid: a factor on every channel (Hu et al. 2018)."""

    def __init__(self, channels: int, reduction: int = 16):
        super().__init__()
        self.squeeze = nn.Linear(channels, max(8, channels // reduction))
        self.excite = nn.Linear(self.squeeze.out_features, channels)
        nn.init.zeros_(self.excite.weight)
        nn.init.constant_(self.excite.bias, GATE_BIAS_INIT)

    def forward(self, x: Tensor) -> Tensor:
        gate = self.excite(F.relu(self.squeeze(x.mean((2, 3)))))
        return x * torch.sigmoid(gate)[:, :, None, None]


class Residual(nn.Module):
    """A basic (depth 18) or bottleneck block; the SE gate comes before the residual addition.

    A bottleneck's stride is in its first 1×1 convolution, as in the Caffe models.
    """

    def __init__(self, inputs: int, width: int, stride: int, bottleneck: bool, se: bool, norm: str):
        super().__init__()
        outputs = width * 4 if bottleneck else width
        shapes = (
            [(inputs, width, 1, stride), (width, width, 3, 1), (width, outputs, 1, 1)]
            if bottleneck
            else [(inputs, width, 3, stride), (width, width, 3, 1)]
        )
        self.convs = nn.ModuleList(ConvNorm(*shape, norm=norm) for shape in shapes)
        self.gate = SqueezeExcitation(outputs) if se else nn.Identity()
        self.shortcut = (
            nn.Identity()
            if inputs == outputs and stride == 1
            else ConvNorm(inputs, outputs, 1, stride, norm)
        )

    def forward(self, x: Tensor) -> Tensor:
        y = x
        for conv in self.convs[:-1]:
            y = F.relu(conv(y))
        return F.relu(self.gate(self.convs[-1](y)) + self.shortcut(x))


class SEResNet(nn.Module):
    """Normalised images float [B, 3, H, W] → features [C2, C3, C4, C5] at strides 4, 8, 16, 32.

    `width` is a factor on all channels but the stem's 64: width .5 at depth 50 is ResNet-50-thin.
    `channels` are those of the four outputs.
    """

    def __init__(self, depth: int, width: float = 1.0, se: bool = True, norm: str = "affine"):
        super().__init__()
        bottleneck = depth >= 50
        self.stem = ConvNorm(3, 64, 7, 2, norm)
        # Caffe rounds the pooled size up and pads right and bottom only.
        self.pool = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.stages = nn.ModuleList()
        self.channels: list[int] = []
        inputs = 64
        for stage, count in enumerate(BLOCKS[depth]):
            base = int(64 * width) * 2**stage
            blocks = []
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                blocks.append(Residual(inputs, base, stride, bottleneck, se, norm))
                inputs = base * 4 if bottleneck else base
            self.stages.append(nn.Sequential(*blocks))
            self.channels.append(inputs)

    def forward(self, x: Tensor) -> list[Tensor]:
        x = self.pool(F.relu(self.stem(x)))
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        return features

    def freeze(self, stages: int) -> None:
        """Freezes the first `stages` of stem, stage 1, stage 2, ... (0 freezes nothing)."""
        frozen = [self.stem, *self.stages][:stages]
        for module in frozen:
            module.requires_grad_(False)
