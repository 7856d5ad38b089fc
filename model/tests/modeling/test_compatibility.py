import pytest
import torch

from armoire.modeling.compatibility import NUM_CATEGORIES, Compatibility


@pytest.fixture
def model():
    torch.manual_seed(1)
    model = Compatibility(rank=4, size=16)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter)
    return model


def test_a_pair_scores_alike_from_both_sides(model):
    x, y = torch.randn(2, 30, 16)
    a, b = torch.randint(0, NUM_CATEGORIES, (2, 30))
    there, back = (model(x, a, b) * y).sum(1), (model(y, b, a) * x).sum(1)
    assert torch.allclose(there, back, atol=1e-4) and there.abs().max() > 1


def test_garments_outside_the_taxonomy_use_the_shared_part_alone(model):
    x, y = torch.randn(2, 8, 16)
    outside, trousers = torch.zeros(8, dtype=torch.long), torch.full((8,), 8)
    before = model.score(x, outside, y, outside)
    with torch.no_grad():
        model.own[0] += 5
        model.pair_gain[0] += 5
        model.pair_gain[:, 0] += 5
    assert torch.equal(model.score(x, outside, y, outside), before)
    with torch.no_grad():
        model.own[8] += 5
    assert torch.equal(model.score(x, outside, y, outside), before)
    assert not torch.allclose(model.score(x, trousers, y, outside), before)
