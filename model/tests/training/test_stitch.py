import pytest
import torch

from armoire.training import stitch
from tests.drawings import draw_photo, small_parser


def test_laterals_reproduce_a_teacher_whose_features_they_can_tell():
    torch.manual_seed(1)
    teacher, student = small_parser(0.05), small_parser(0.05)
    # The student's features are the teacher's times 3, so that laterals of a third are the answer.
    for stage in student.backbone.stages[1:]:
        stage.register_forward_hook(lambda _, __, out: out * 3)
        stage.register_forward_pre_hook(lambda _, x: (x[0] / 3,))
    student.backbone.stages[1]._forward_pre_hooks.clear()
    for block in student.fpn.inner_blocks:
        torch.nn.init.normal_(block[0].weight)
    photos = [draw_photo([(10, 10, 50, 60)], 128, 96, seed) for seed in range(12)]
    shares = stitch.fit_laterals(student, teacher, photos, 128)
    assert min(shares) > 0.99
    image = torch.randn(1, 3, 128, 96)
    with torch.no_grad():
        ours, theirs = (p.pyramid(image) for p in (student, teacher))
    for level, value in theirs.items():
        assert (ours[level] - value).square().mean() < 0.01 * value.square().mean()


def test_regression_by_hand():
    table = stitch.Regression(1, 1)
    table.add(torch.tensor([[0.0], [1.0]]), torch.tensor([[1.0], [3.0]]))
    table.add(torch.tensor([[2.0]]), torch.tensor([[5.0]]))
    weight, bias, share = table.solve()
    assert weight.item() == pytest.approx(2, abs=0.02) and bias.item() == pytest.approx(1, abs=0.02)
    assert share == pytest.approx(1, abs=1e-3)
