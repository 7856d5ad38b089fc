import cv2
import numpy as np
import pytest
import torch

from armoire.modeling.appearance import Appearance, lab, masked_grid, masked_mean, soft_histogram
from armoire.modeling.backbone import SEResNet
from armoire.modeling.embedder import PARTS, SIZE, Descriptor, Part, Projection
from armoire.modeling.onnx_backbone import read_backbone
from armoire.retrieval import views


def test_crops_are_scaled_to_fit_and_centred():
    crop = np.full((40, 80, 4), 255, np.uint8)
    square = views.to_square(crop, 160)
    alpha = square[..., 3]
    assert alpha[40:120].all() and not alpha[:40].any() and not alpha[120:].any()


def test_pasted_masks_agree_with_a_slow_reference():
    rng = np.random.default_rng(1)
    mini = rng.random((28, 28)).astype(np.float32)
    box = (3.3, 5.7, 31.9, 44.2)
    pasted = views.paste_mask(mini, box, 50, 40)
    for y, x in [(6, 4), (20, 15), (43, 31), (30, 9), (2, 2), (49, 39)]:
        u = (x + 0.5 - box[0]) / (box[2] - box[0]) * 28 - 0.5
        v = (y + 0.5 - box[1]) / (box[3] - box[1]) * 28 - 0.5
        value = 0.0
        for j in (int(np.floor(v)), int(np.floor(v)) + 1):
            for i in (int(np.floor(u)), int(np.floor(u)) + 1):
                if 0 <= i < 28 and 0 <= j < 28:
                    value += mini[j, i] * max(0, 1 - abs(u - i)) * max(0, 1 - abs(v - j))
        if abs(value - 0.5) > 0.02:
            assert pasted[y, x] == (value >= 0.5)


def test_views_keep_the_garment():
    crop = np.zeros((120, 90, 4), np.uint8)
    crop[10:110, 10:80] = (200, 30, 30, 255)
    scenery = np.full((64, 64, 3), 90, np.uint8)
    rng = np.random.default_rng(1)
    for _ in range(5):
        seen = views.worn_view(crop, scenery, rng)
        assert (seen[..., 3] > 0).mean() > 0.3
        inside = seen[seen[..., 3] > 0]
        assert np.median(inside[:, 0]) > np.median(inside[:, 1]) + 60


def test_pooling_under_the_mask_by_hand():
    values = torch.tensor([[[[1.0, 2], [3, 4]]]])
    mask = torch.tensor([[[[1.0, 0], [0, 1]]]])
    assert masked_mean(values, mask).tolist() == [[2.5]]
    assert masked_grid(values, mask, 2).tolist() == [[1, 0, 0, 4]]
    histogram = soft_histogram(torch.tensor([[[[0.0, 0.5]]]]), torch.ones(1, 1, 1, 2), 3)
    assert histogram[0].tolist() == pytest.approx([0.5**0.5, 0.5**0.5, 0.0])


def test_descriptor_size_is_what_it_says():
    descriptor = Descriptor(SEResNet(18, 0.25)).eval()
    with torch.no_grad():
        out = descriptor(torch.randint(0, 255, (2, 160, 160, 4), dtype=torch.uint8))
    assert out.shape == (2, descriptor.size)


def test_lab_agrees_with_opencv():
    rgb = np.random.default_rng(1).random((6, 7, 3)).astype(np.float32)
    expected = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB) / 100
    assert np.abs(lab(torch.from_numpy(rgb)).numpy() - expected).max() < 5e-3


def test_a_plain_garment_has_one_colour_of_the_palette():
    appearance = Appearance()
    appearance.palette.uniform_(2, 3)
    appearance.palette[5] = lab(torch.tensor([200.0, 30, 30]) / 255)
    crops = torch.zeros(1, 160, 160, 4, dtype=torch.uint8)
    crops[:, 40:120, 40:120] = torch.tensor([200, 30, 30, 255], dtype=torch.uint8)
    mask = (crops[..., 3:].float() / 255).permute(0, 3, 1, 2)
    _, colours = appearance(crops, mask)
    assert colours[0, -len(appearance.palette) :].argmax() == 5
    assert colours[0, -len(appearance.palette) + 5] == pytest.approx(1, abs=1e-3)


def test_a_cosine_is_the_weighted_sum_of_the_parts_cosines():
    torch.manual_seed(1)
    projection = Projection(20, 10)
    projection.weights.copy_(torch.tensor([0.2, 0.3, 0.5]))
    one, two = torch.randn(1, 30), torch.randn(1, 30)
    with torch.no_grad():
        cosine = (projection(one)[0] * projection(two)[0]).sum()
        left, right = projection.in_parts(one), projection.in_parts(two)
        cosines = [(left[name] * right[name]).sum() for name in PARTS]
    assert projection(one)[0].shape == (1, SIZE)
    expected = 0.2 * cosines[0] + 0.3 * cosines[1] + 0.5 * cosines[2]
    assert float(cosine) == pytest.approx(float(expected), abs=1e-5)


def test_colour_depends_on_colours_alone_and_shape_on_none():
    projection = Projection(20, 10)
    with torch.no_grad():
        seen = torch.randn(1, 30)
        other = seen.clone()
        other[:, 20:] += 1
        before, after = projection.in_parts(seen), projection.in_parts(other)
    assert torch.equal(before["category"], after["category"])
    assert torch.equal(before["pattern"], after["pattern"])
    assert not torch.allclose(before["colour"], after["colour"])


def test_whitening_gives_unit_vectors():
    torch.manual_seed(1)
    part = Part(40, 64)
    seen = torch.randn(30, 40) * torch.linspace(0.1, 9, 40)
    part.fit_whitening(seen)
    with torch.no_grad():
        assert part(seen).norm(dim=1).tolist() == pytest.approx([1.0] * 30, abs=1e-5)


def test_a_backbone_is_read_back_from_its_exported_file(exported):
    folder, parser, _ = exported
    image = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        for name in ("parser.onnx", "embedder.onnx"):
            found = read_backbone(folder / name)(image)[:3]
            for ours, expected in zip(found, parser.backbone(image), strict=False):
                assert torch.allclose(ours, expected, atol=2e-2, rtol=2e-2)
