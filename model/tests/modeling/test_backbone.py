import pytest
import torch
import torch.nn.functional as F

from armoire.modeling.backbone import ConvNorm, SEResNet, SqueezeExcitation


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
