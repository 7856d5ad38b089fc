import pytest
import torch
import torch.nn.functional as F

from armoire.modeling.backbone import SEResNet
from armoire.modeling.embedder import EMBEDDING_SIZE, PARTS, Descriptor, PartHead, Projection


def test_descriptor_size_is_what_it_says():
    descriptor = Descriptor(SEResNet(18, 0.25)).eval()
    with torch.no_grad():
        out = descriptor(torch.randint(0, 255, (2, 160, 160, 4), dtype=torch.uint8))
    assert out.shape == (2, descriptor.size)


def seen():
    """Descriptors of one crop: 20 numbers of shape, 10 of colours, 13 shades of unit length."""
    return torch.cat([torch.randn(1, 30), F.normalize(torch.rand(1, 13))], 1)


def test_a_cosine_is_the_weighted_sum_of_the_parts_cosines():
    torch.manual_seed(1)
    projection = Projection(20, 10)
    projection.weights.copy_(torch.tensor([0.2, 0.3, 0.5]))
    one, two = seen(), seen()
    with torch.no_grad():
        none = torch.zeros(1, dtype=torch.uint8)
        cosine = (projection(one, none)[0] * projection(two, none)[0]).sum()
        left, right = projection.project(one), projection.project(two)
        left, right = projection.blocks(left), projection.blocks(right)
        cosines = [(left[name] * right[name]).sum() for name in PARTS]
    assert projection(one, none)[0].shape == (1, EMBEDDING_SIZE)
    expected = 0.2 * cosines[0] + 0.3 * cosines[1] + 0.5 * cosines[2]
    assert float(cosine) == pytest.approx(float(expected), abs=1e-5)


def test_names_take_their_shares_of_category_and_colour():
    torch.manual_seed(1)
    projection = Projection(20, 10)
    projection.weights.copy_(torch.tensor([0.5, 0.3, 0.2]))
    projection.name_shares.copy_(torch.tensor([0.4, 0.6]))
    labels = torch.tensor([8, 8, 9, 0], dtype=torch.uint8)
    with torch.no_grad():
        vectors, _ = projection(seen().expand(4, 43), labels)
    assert vectors.norm(dim=1).tolist() == pytest.approx([1.0] * 4, abs=1e-5)
    cosines = vectors @ vectors[0]
    # Nothing but the label differs: another one loses all that it weighs.
    assert cosines[:3].tolist() == pytest.approx([1.0, 1.0, 0.8], abs=1e-5)
    assert float(cosines[3]) == pytest.approx(0.5 + 0.5 * 0.6**0.5, abs=1e-5)
    assert vectors[3, :13].tolist() == [0.0] * 13
    assert float(vectors[0, 64:77].square().sum()) == pytest.approx(0.3 * 0.6, abs=1e-5)


def test_colour_depends_on_colours_alone_and_shape_on_none():
    projection = Projection(20, 10)
    with torch.no_grad():
        one = seen()
        other = one.clone()
        other[:, 20:] += 1
        before, after = projection.project(one), projection.project(other)
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
