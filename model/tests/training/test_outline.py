import numpy as np
import pytest
import torch

from armoire.data.coco import read_coco
from armoire.data.rough import Example, own_cells
from armoire.data.sample import read_rgb
from armoire.evaluation.outlines import mask_iou
from armoire.modeling.backbone import SEResNet
from armoire.modeling.outline import Outline
from armoire.training.outline import Crop, Fit, batch_of, crop_of, fit, inside_of, measure


@pytest.fixture
def network() -> Outline:
    torch.manual_seed(0)
    return Outline(SEResNet(18, 0.25)).eval()


def coarse(example: Example) -> Example:
    """With a parser's find of it that is smaller than the garment on every side."""
    cells = np.zeros((28, 28), np.float32)
    cells[3:25, 3:25] = own_cells(example.garment, example.garment.box)[3:25, 3:25]
    example.box, example.cells = example.garment.box, cells
    return example


def examples(root) -> list[Example]:
    return [coarse(Example(s, g, None, None)) for s in read_coco(root, "train") for g in s.garments]


def test_a_network_that_learned_nothing_returns_the_rough_mask(network):
    planes = np.random.default_rng(0).integers(0, 255, (40, 30, 5)).astype(np.uint8)
    planes[..., 3] = 0
    planes[10:30, 5:20, 3] = 255
    crop = Crop(planes, np.zeros((40, 30), np.uint8))
    assert np.array_equal(inside_of(network, crop), planes[..., 3] > 0)


def test_crops_of_several_shapes_share_a_canvas():
    crops = [
        Crop(np.full((h, w, 5), 9, np.uint8), np.full((h, w), 255)) for h, w in [(20, 40), (33, 8)]
    ]
    planes, masks, counts = batch_of(crops)
    assert planes.shape == (2, 48, 48, 5)
    assert counts.sum((1, 2)).tolist() == [800, 264] == masks.sum((1, 2)).tolist()


def test_it_learns_where_garments_end(network, coco_root):
    known = examples(coco_root)
    crop = crop_of(known[0], read_rgb(known[0].sample.path))
    label = crop.mask >= 128
    before = mask_iou(crop.planes[..., 3] > 0, label)
    fit(network, known, Fit(epochs=12, batch_size=4, frozen=0, lr=3e-3, encoder_lr=1e-3, spoiled=0))
    assert mask_iou(inside_of(network, crop), label) > before + 0.1
    lines = measure(network, known)
    assert len(lines) == 6 and "| shop | network | 6 |" in lines[-1]
