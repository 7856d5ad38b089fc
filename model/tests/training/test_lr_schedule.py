import pytest

from armoire.training.config import Schedule
from armoire.training.lr_schedule import lr_factor


def test_rates_warm_up_and_fall():
    cosine = Schedule(warmup_steps=10)
    assert lr_factor(cosine, 4, 0.0) == pytest.approx(0.5)
    assert lr_factor(cosine, 100, 0.5) == pytest.approx(0.5)
    assert lr_factor(cosine, 100, 1.0) == pytest.approx(0.01)
    stages = Schedule(warmup_steps=1, lr_schedule="multistep", lr_milestones=[[0.4, 0.25]])
    assert [lr_factor(stages, 9, p) for p in (0.0, 0.39, 0.41)] == [1, 1, 0.25]
