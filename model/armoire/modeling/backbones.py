"""The backbones behind one interface, by their names in a configuration.

Each maps normalised images float [B, 3, H, W] to [C2, C3, C4, C5] at strides 4 to 32, and has
`channels` (of the four), `stem`, `pool`, `stages` (the embedder copies three) and `freeze`.
"""

from pathlib import Path

from torch import nn

from armoire.modeling import efficientnet_lite as lite
from armoire.modeling import pretrained
from armoire.modeling.backbone import SEResNet
from armoire.modeling.config import NetworkConfig

SE_RESNET = "se-resnet"


def make_backbone(config: NetworkConfig) -> nn.Module:
    """The network of `config.backbone`; depth, width and norm are SE-ResNet's alone."""
    if config.backbone == SE_RESNET:
        return SEResNet(config.depth, config.width, config.se, config.norm)
    if config.backbone in lite.VARIANTS:
        return lite.EfficientNetLite(config.backbone, config.se)
    names = ", ".join([SE_RESNET, *lite.VARIANTS])
    raise ValueError(f"backbone must be one of {names}, not {config.backbone!r}")


def load_pretrained(backbone: nn.Module, name: str, folder: Path) -> None:
    """Copies published weights: `open_nsfw`, an EfficientNet-Lite's, or none for an empty name."""
    if name == "open_nsfw":
        pretrained.load_open_nsfw(backbone, pretrained.fetch_open_nsfw(folder))
    elif name in lite.VARIANTS:
        lite.load_published(backbone, name)
    elif name:
        raise ValueError(f"no pretrained weights are called {name!r}")
