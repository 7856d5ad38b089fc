import pytest

from armoire.evaluation.threshold import best_threshold


def test_the_best_threshold_balances_misses_and_false_alarms():
    found = [(0.92, True), (0.72, True), (0.52, False), (0.32, True), (0.12, False)]
    best = best_threshold(found, garments=3)
    assert best["recall"] == 1.0 and best["precision"] == pytest.approx(0.75)
    assert 0.12 < best["threshold"] <= 0.32
