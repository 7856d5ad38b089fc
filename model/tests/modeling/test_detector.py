import numpy as np
import pytest
import torch
import torch.nn.functional as F

from armoire.modeling import pretrained
from armoire.modeling.backbone import ConvNorm, SEResNet, SqueezeExcitation
from armoire.modeling.detector import NetworkConfig, Parser, crop_mini_masks, inside_share
from armoire.training.checkpoint import Average, start_from

TINY = NetworkConfig(
    depth=18, width=0.25, fpn=32, box_hidden=32, mask_channels=16, mask_convs=1, rois=16
)


def garment_target(**more):
    target = {
        "boxes": torch.tensor([[10.0, 20.0, 70.0, 100.0]]),
        "labels": torch.tensor([9]),
        "minis": torch.ones(1, 56, 56, dtype=torch.uint8),
        "ignore": torch.zeros(0, 4),
    }
    return target | more


def nothing_target():
    return {
        "boxes": torch.zeros(0, 4),
        "labels": torch.zeros(0, dtype=torch.int64),
        "minis": torch.zeros(0, 56, 56, dtype=torch.uint8),
        "ignore": torch.zeros(0, 4),
    }


@pytest.mark.parametrize(
    ("depth", "width", "channels"),
    [(18, 1.0, [64, 128, 256, 512]), (50, 0.5, [128, 256, 512, 1024])],
)
def test_backbone_strides_and_channels(depth, width, channels):
    features = SEResNet(depth, width).eval()(torch.zeros(1, 3, 64, 96))
    assert [f.shape[1] for f in features] == channels
    assert [tuple(f.shape[2:]) for f in features] == [(16, 24), (8, 12), (4, 6), (2, 3)]


def test_depth_101_has_its_33_gated_blocks():
    with torch.device("meta"):
        backbone = SEResNet(101)
    assert sum(isinstance(m, SqueezeExcitation) for m in backbone.modules()) == 33


def test_a_fresh_gate_is_nearly_open_and_a_trained_one_scales_channels():
    gate = SqueezeExcitation(16)
    x = torch.randn(2, 16, 5, 5)
    assert torch.allclose(gate(x), x, rtol=0.02, atol=1e-6)
    torch.nn.init.constant_(gate.excite.bias, 0.0)
    assert torch.allclose(gate(x), x / 2)


def test_affine_is_a_folded_batch_norm():
    conv = ConvNorm(3, 4, 3, norm="affine")
    bn = torch.nn.BatchNorm2d(4).eval()
    torch.nn.init.uniform_(bn.weight)
    bn.running_mean.uniform_()
    bn.running_var.uniform_(0.5, 2)
    with torch.no_grad():
        conv.gain.copy_(bn.weight / (bn.running_var + bn.eps).sqrt())
        conv.bias.copy_(bn.bias - bn.running_mean * conv.gain)
        x = torch.randn(2, 3, 8, 8)
        expected = bn(F.conv2d(x, conv.weight, padding=1))
        assert torch.allclose(conv(x), expected, atol=1e-5)


def test_pretrained_kernels_are_split_without_changing_them():
    conv = ConvNorm(6, 5, 3)
    kernel, bias = torch.randn(5, 6, 3, 3) * 7, torch.randn(5)
    pretrained.set_folded(conv, kernel, bias)
    assert torch.allclose(conv.weight * conv.gain[:, None, None, None], kernel, atol=1e-5)
    assert conv.weight.detach().std() == pytest.approx((2 / 54) ** 0.5, rel=0.1)


def test_inside_share_by_hand():
    boxes = torch.tensor([[0.0, 0, 10, 10], [5, 0, 15, 10], [20, 20, 30, 30]])
    regions = torch.tensor([[0.0, 0, 10, 10], [25, 20, 40, 40]])
    assert inside_share(boxes, regions).tolist() == [1.0, 0.5, 0.5]
    assert inside_share(boxes, torch.zeros(0, 4)).tolist() == [0, 0, 0]


def test_mini_mask_crops_agree_with_the_full_mask():
    full = np.zeros((120, 120), np.float32)
    full[20:100, 30:90] = 1
    full[20:60, 60:90] = 0
    box = torch.tensor([[30.0, 20, 90, 100]])
    mini = torch.from_numpy(full[20:100, 30:90])[None, None]
    mini = (F.interpolate(mini, (56, 56), mode="area") >= 0.5)[0].to(torch.uint8)
    proposal = torch.tensor([[25.0, 10, 95, 80]])
    target = crop_mini_masks(mini, box, proposal)[0]
    ys = (np.arange(28) + 0.5) / 28 * 70 + 10
    xs = (np.arange(28) + 0.5) / 28 * 70 + 25
    naive = full[ys.astype(int)][:, xs.astype(int)]
    assert ((target.numpy() >= 0.5) == (naive >= 0.5)).mean() > 0.97


def test_losses_are_finite_also_without_garments():
    torch.manual_seed(1)
    parser = Parser(TINY).train()
    images = torch.randn(2, 3, 128, 96)
    for targets in ([garment_target(), nothing_target()], [nothing_target()] * 2):
        losses = parser(images, targets)
        assert set(losses) == {"cls", "box", "mask", "objectness", "proposal"}
        assert all(torch.isfinite(v) for v in losses.values())
        sum(losses.values()).backward()


def test_ignored_proposals_are_neither_garment_nor_background():
    parser = Parser(TINY)
    proposals = torch.tensor([[60.0, 60, 90, 90], [0, 0, 20, 20], [12, 22, 70, 100]])
    region = torch.tensor([[55.0, 55, 96, 96]])
    plain = parser.heads.sample(proposals, garment_target())
    spared = parser.heads.sample(proposals, garment_target(ignore=region))
    assert sorted(plain["labels"].tolist()) == [0, 0, 9, 9]
    assert sorted(spared["labels"].tolist()) == [0, 9, 9]


def test_anchors_inside_ignore_regions_are_no_background():
    parser = Parser(TINY)
    anchors = [torch.tensor([[60.0, 60, 90, 90], [0, 0, 20, 20], [10, 20, 70, 100]])]
    target = garment_target(ignore=torch.tensor([[55.0, 55, 96, 96]]))
    labels, _ = parser.rpn.assign_targets_to_anchors(anchors, [target])
    assert labels[0].tolist() == [-1, 0, 1]


def test_the_methods_own_layout_trains():
    """From P2, group normalisation, a box and a mask per category, as configs/deepfashion2.toml."""
    layout = {"norm": "group", "lowest_level": 2, "agnostic": False}
    parser = Parser(NetworkConfig(**(vars(TINY) | layout))).train()
    losses = parser(torch.randn(1, 3, 128, 96), [garment_target()])
    assert all(torch.isfinite(v) for v in losses.values())
    sum(losses.values()).backward()
    assert all(p.grad is not None for p in parser.backbone.parameters())


@pytest.mark.parametrize("agnostic", [True, False])
def test_detections_keep_the_contract(agnostic):
    torch.manual_seed(1)
    config = NetworkConfig(**(vars(TINY) | {"agnostic": agnostic, "score_floor": 0.0}))
    parser = Parser(config).eval()
    with torch.no_grad():
        found = parser(torch.randn(1, 3, 128, 96))
    count = len(found["scores"][0])
    assert 0 < count <= 50
    assert found["boxes"][0].shape == (count, 4) and found["masks"][0].shape == (count, 28, 28)
    assert (found["scores"][0].diff() <= 0).all()
    assert found["labels"][0].min() >= 1 and found["labels"][0].max() <= 13
    assert (found["masks"][0] >= 0).all() and (found["masks"][0] <= 1).all()


def test_another_trainings_weights_leave_category_layers_fresh():
    source = Parser(NetworkConfig(**(vars(TINY) | {"categories": 80})))
    target = Parser(TINY)
    fresh = start_from(target, source.state_dict())
    assert fresh and all(name.startswith("heads.box_predictor.") for name in fresh)
    assert torch.equal(target.backbone.stem.weight, source.backbone.stem.weight)


def test_the_average_follows_the_weights():
    layer = torch.nn.Linear(1, 1)
    torch.nn.init.zeros_(layer.weight)
    average = Average(layer, 0.9)
    torch.nn.init.ones_(layer.weight)
    for _ in range(200):
        average.update(layer)
    assert float(average.model.weight.detach()) == pytest.approx(1, abs=1e-3)
