import pytest
import torch

from armoire.modeling.backbone import SEResNet
from armoire.modeling.embedder import EMBEDDING_SIZE, PARTS, Descriptor, PartHead, Projection


def test_descriptor_size_is_what_it_says():
    descriptor = Descriptor(SEResNet(18, 0.25)).eval()
    with torch.no_grad():
        out = descriptor(torch.randint(0, 255, (2, 160, 160, 4), dtype=torch.uint8))
    assert out.shape == (2, descriptor.size)


def test_a_cosine_is_the_weighted_sum_of_the_parts_cosines():
    torch.manual_seed(1)
    projection = Projection(20, 10)
    projection.weights.copy_(torch.tensor([0.2, 0.3, 0.5]))
    one, two = torch.randn(1, 30), torch.randn(1, 30)
    with torch.no_grad():
        cosine = (projection(one)[0] * projection(two)[0]).sum()
        left, right = projection.project(one), projection.project(two)
        cosines = [(left[name] * right[name]).sum() for name in PARTS]
    assert projection(one)[0].shape == (1, EMBEDDING_SIZE)
    expected = 0.2 * cosines[0] + 0.3 * cosines[1] + 0.5 * cosines[2]
    assert float(cosine) == pytest.approx(float(expected), abs=1e-5)


def test_colour_depends_on_colours_alone_and_shape_on_none():
    projection = Projection(20, 10)
    with torch.no_grad():
        seen = torch.randn(1, 30)
        other = seen.clone()
        other[:, 20:] += 1
        before, after = projection.project(seen), projection.project(other)
    assert torch.equal(before["category"], after["category"])
    assert torch.equal(before["pattern"], after["pattern"])
    assert not torch.allclose(before["colour"], after["colour"])


def test_whitening_gives_unit_vectors():
    torch.manual_seed(1)
    part = PartHead(40, 64)
    seen = torch.randn(30, 40) * torch.linspace(0.1, 9, 40)
    part.fit_whitening(seen)
    with torch.no_grad():
        assert part(seen).norm(dim=1).tolist() == pytest.approx([1.0] * 30, abs=1e-5)
