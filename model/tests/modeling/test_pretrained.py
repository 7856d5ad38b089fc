import pytest
import torch

from armoire.modeling import pretrained
from armoire.modeling.backbone import ConvNorm


def test_pretrained_kernels_are_split_without_changing_them():
    conv = ConvNorm(6, 5, 3)
    kernel, bias = torch.randn(5, 6, 3, 3) * 7, torch.randn(5)
    pretrained.set_folded(conv, kernel, bias)
    assert torch.allclose(conv.weight * conv.gain[:, None, None, None], kernel, atol=1e-5)
    assert conv.weight.detach().std() == pytest.approx((2 / 54) ** 0.5, rel=0.1)
