import pytest
import torch

from armoire.modeling.backbones import load_pretrained, make_backbone
from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser


def test_backbones_and_starts_are_chosen_by_name():
    for name in ("se-resnet", "efficientnet-lite0", "efficientnet-lite2"):
        config = NetworkConfig(backbone=name, depth=18, width=0.25)
        backbone = make_backbone(config)
        found = backbone(torch.zeros(1, 3, 64, 96))
        assert [f.shape[1] for f in found] == backbone.channels
        assert [tuple(f.shape[2:]) for f in found] == [(16, 24), (8, 12), (4, 6), (2, 3)]
    with pytest.raises(ValueError, match="efficientnet-lite0, efficientnet-lite2"):
        make_backbone(NetworkConfig(backbone="vgg"))
    with pytest.raises(ValueError, match="'vgg'"):
        load_pretrained(backbone, "vgg", None)


def test_a_parser_over_efficientnet_lite_trains():
    torch.manual_seed(0)
    shape = {
        "fpn_channels": 16,
        "box_head_dim": 16,
        "mask_head_channels": 8,
        "mask_head_convs": 1,
        "box_batch_size_per_image": 8,
    }
    parser = Parser(NetworkConfig(backbone="efficientnet-lite0", frozen_stages=2, **shape)).train()
    load_pretrained(parser.backbone, "efficientnet-lite0", None)
    target = {
        "boxes": torch.tensor([[10.0, 20.0, 70.0, 100.0]]),
        "labels": torch.tensor([9]),
        "minis": torch.ones(1, 56, 56, dtype=torch.uint8),
        "ignore": torch.zeros(0, 4),
        "masked": torch.ones(1, dtype=torch.bool),
        "boxed": torch.ones(1, dtype=torch.bool),
    }
    sum(parser(torch.randn(1, 3, 128, 96), [target]).values()).backward()
    for name, weight in parser.named_parameters():
        frozen = name.startswith(("backbone.stem.", "backbone.stages.0."))
        assert (weight.grad is None) == frozen, name
