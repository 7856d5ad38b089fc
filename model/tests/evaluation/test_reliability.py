import pytest

from armoire.evaluation.reliability import calibration_error, reliability_bins


def test_calibration_error_by_hand():
    bins = reliability_bins([(0.95, True), (0.85, True), (0.85, False), (1.0, True)], bins=10)
    assert [(b.low, b.count, b.precision) for b in bins] == [(0.8, 2, 0.5), (0.9, 2, 1.0)]
    assert bins[1].score == pytest.approx(0.975)
    assert calibration_error(bins) == pytest.approx((2 * 0.35 + 2 * 0.025) / 4)
    assert calibration_error(reliability_bins([])) is None
