import numpy as np
import pytest
import torch

from armoire import views
from armoire.backbone import SEResNet
from armoire.data.coco import read_coco
from armoire.embedder import Descriptor, Projection, masked_grid, masked_mean, soft_histogram
from armoire.fit_embedder import collect, learn, measure, recall


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


def test_recall_counts_the_right_rows():
    gallery = torch.eye(4)
    queries = torch.tensor([[0.9, 0.1, 0, 0], [0.9, 0.8, 0, 0]])
    assert recall(queries, gallery, torch.tensor([0, 1]), (1, 2)) == {
        "recall@1": 0.5,
        "recall@2": 1.0,
    }


def test_learning_brings_views_of_a_garment_together():
    torch.manual_seed(1)
    identity = torch.randn(600, 1, 24)
    nuisance = torch.randn(600, 4, 24) * 3
    cached = torch.cat([identity.expand(-1, 4, -1), nuisance], 2) @ torch.randn(48, 48)
    projection = Projection(48)
    projection.fit_whitening(cached[:520, 0])
    before = measure(projection, cached[520:], cached[:520])["recall@1"]
    curve = learn(projection, cached[:520], cached[520:], epochs=60, seed=1)
    assert curve[-1]["recall@1"] > before + 0.1


def test_whitening_gives_unit_vectors(coco_root):
    samples = read_coco(coco_root, "train")
    embedder = type("Fake", (), {"descriptor": Descriptor(SEResNet(18, 0.25)).eval()})()
    cached = collect(embedder, samples[:4], 1, seed=1)
    assert cached.shape[:2] == (6, 2)
    projection = Projection(cached.shape[2])
    projection.fit_whitening(cached[:, 0].float())
    with torch.no_grad():
        lengths = projection(cached[:, 1].float()).norm(dim=1)
    assert lengths.tolist() == pytest.approx([1.0] * 6)
