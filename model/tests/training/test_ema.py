import pytest
import torch

from armoire.training.ema import EMA


def test_the_moving_average_follows_the_weights():
    layer = torch.nn.Linear(1, 1)
    torch.nn.init.zeros_(layer.weight)
    ema = EMA(layer, 0.9)
    torch.nn.init.ones_(layer.weight)
    for _ in range(200):
        ema.update(layer)
    assert float(ema.model.weight.detach()) == pytest.approx(1, abs=1e-3)
