import re

import cv2
import numpy as np
import pytest
import torch

from armoire.modeling.appearance import (
    SHADES,
    Appearance,
    lab,
    masked_grid,
    masked_mean,
    soft_histogram,
)
from armoire.paths import MODEL
from armoire.photo import COLOURS


def test_shades_are_the_servers_palette():
    source = (MODEL.parent / "server/vocabulary/palette.ts").read_text()
    for name, points in SHADES.items():
        listed = source.partition(f"  {name}: [")[2].partition("\n  ],")[0]
        assert re.findall(r"\[(.*?)\]", listed) == [", ".join(map(str, p)) for p in points]


def test_pooling_under_the_mask_by_hand():
    values = torch.tensor([[[[1.0, 2], [3, 4]]]])
    mask = torch.tensor([[[[1.0, 0], [0, 1]]]])
    assert masked_mean(values, mask).tolist() == [[2.5]]
    assert masked_grid(values, mask, 2).tolist() == [[1, 0, 0, 4]]
    histogram = soft_histogram(torch.tensor([[[[0.0, 0.5]]]]), torch.ones(1, 1, 1, 2), 3)
    assert histogram[0].tolist() == pytest.approx([0.5**0.5, 0.5**0.5, 0.0])


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
    _, colours, shades = appearance(crops, mask)
    assert colours[0, -len(appearance.palette) :].argmax() == 5
    assert colours[0, -len(appearance.palette) + 5] == pytest.approx(1, abs=1e-3)
    assert shades[0, COLOURS.index("red")] == pytest.approx(1, abs=0.05)
    assert shades.norm() == pytest.approx(1, abs=1e-5)
