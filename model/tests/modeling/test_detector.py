import numpy as np
import pytest
import torch
import torch.nn.functional as F

from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser, covered_share, crop_mini_masks, vote_boxes

TINY = NetworkConfig(
    depth=18,
    width=0.25,
    fpn_channels=32,
    box_head_dim=32,
    mask_head_channels=16,
    mask_head_convs=1,
    box_batch_size_per_image=16,
)


def garment_target(**more):
    target = {
        "boxes": torch.tensor([[10.0, 20.0, 70.0, 100.0]]),
        "labels": torch.tensor([9]),
        "minis": torch.ones(1, 56, 56, dtype=torch.uint8),
        "ignore": torch.zeros(0, 4),
        "masked": torch.ones(1, dtype=torch.bool),
        "boxed": torch.ones(1, dtype=torch.bool),
    }
    return target | more


def nothing_target():
    return {
        "boxes": torch.zeros(0, 4),
        "labels": torch.zeros(0, dtype=torch.int64),
        "minis": torch.zeros(0, 56, 56, dtype=torch.uint8),
        "ignore": torch.zeros(0, 4),
        "masked": torch.zeros(0, dtype=torch.bool),
        "boxed": torch.zeros(0, dtype=torch.bool),
    }


def test_covered_share_by_hand():
    boxes = torch.tensor([[0.0, 0, 10, 10], [5, 0, 15, 10], [20, 20, 30, 30]])
    regions = torch.tensor([[0.0, 0, 10, 10], [25, 20, 40, 40]])
    assert covered_share(boxes, regions).tolist() == [1.0, 0.5, 0.5]
    assert covered_share(boxes, torch.zeros(0, 4)).tolist() == [0, 0, 0]


def test_mini_mask_crops_agree_with_the_full_mask():
    full = np.zeros((120, 120), np.float32)
    full[20:100, 30:90] = 1
    full[20:60, 60:90] = 0
    box = torch.tensor([[30.0, 20, 90, 100]])
    mini = torch.from_numpy(full[20:100, 30:90])[None, None]
    mini = (F.interpolate(mini, (56, 56), mode="area") >= 0.5)[0].to(torch.uint8)
    proposal = torch.tensor([[25.0, 10, 95, 80]])
    target = crop_mini_masks(mini, box, proposal)[0]
    ys = (np.arange(28) + 0.5) / 28 * 70 + 10
    xs = (np.arange(28) + 0.5) / 28 * 70 + 25
    naive = full[ys.astype(int)][:, xs.astype(int)]
    assert ((target.numpy() >= 0.5) == (naive >= 0.5)).mean() > 0.97


def test_losses_are_finite_also_without_garments():
    torch.manual_seed(1)
    parser = Parser(TINY).train()
    images = torch.randn(2, 3, 128, 96)
    for targets in ([garment_target(), nothing_target()], [nothing_target()] * 2):
        losses = parser(images, targets)
        assert set(losses) == {"cls", "box", "mask", "objectness", "proposal"}
        assert all(torch.isfinite(v) for v in losses.values())
        sum(losses.values()).backward()


def test_ignored_proposals_are_neither_garment_nor_background():
    parser = Parser(TINY)
    proposals = torch.tensor([[60.0, 60, 90, 90], [0, 0, 20, 20], [12, 22, 70, 100]])
    region = torch.tensor([[55.0, 55, 96, 96]])
    plain = parser.heads.sample(proposals, garment_target())
    spared = parser.heads.sample(proposals, garment_target(ignore=region))
    assert sorted(plain["labels"].tolist()) == [0, 0, 9, 9]
    assert sorted(spared["labels"].tolist()) == [0, 9, 9]


def test_anchors_inside_ignore_regions_are_no_background():
    parser = Parser(TINY)
    anchors = [torch.tensor([[60.0, 60, 90, 90], [0, 0, 20, 20], [10, 20, 70, 100]])]
    target = garment_target(ignore=torch.tensor([[55.0, 55, 96, 96]]))
    labels, _ = parser.rpn.assign_targets_to_anchors(anchors, [target])
    assert labels[0].tolist() == [-1, 0, 1]


def test_a_box_that_is_not_known_teaches_the_category_alone():
    heads = Parser(TINY).heads
    labels, known = torch.tensor([9, 9, 0, 0]), torch.tensor([True, False, False, False])
    wanted = torch.tensor([[1.0, 0, 0, 0], [5.0, 5, 5, 5], [0.0, 0, 0, 0], [0.0, 0, 0, 0]])
    sampled = [{"labels": labels, "boxed": known, "deltas": wanted}]
    deltas = torch.zeros(4, 14 * 4, requires_grad=True)
    logits = torch.zeros(4, 14, requires_grad=True)
    cls_loss, box_loss = heads.box_losses(logits, deltas, sampled)
    # Smooth L1 with beta 1/9 of an error of 1: 1 - 1/18, over four proposals.
    assert float(box_loss.detach()) == pytest.approx((1 - 1 / 18) / 4)
    assert float(cls_loss.detach()) == pytest.approx(float(np.log(14)))
    (cls_loss + box_loss).backward()
    assert deltas.grad[0].any() and not deltas.grad[1:].any()
    assert logits.grad[1].abs().sum() > 0


def test_anchors_on_a_box_that_is_not_known_are_objects_without_regression():
    parser = Parser(TINY)
    anchors = [torch.tensor([[60.0, 60, 90, 90], [10, 20, 70, 100], [100, 20, 160, 100]])]
    target = garment_target(
        boxes=torch.tensor([[10.0, 20, 70, 100], [100, 20, 160, 100]]),
        labels=torch.tensor([9, 8]),
        boxed=torch.tensor([False, True]),
    )
    labels, _ = parser.rpn.assign_targets_to_anchors(anchors, [target])
    assert labels[0].tolist() == [0, 2, 1]
    found = torch.zeros(3, 4, requires_grad=True)
    logits = torch.zeros(3, 1, requires_grad=True)
    wanted = [torch.full((3, 4), 0.5)]
    object_loss, box_loss = parser.rpn.compute_loss(logits, found, labels, wanted)
    # One box of four errors of .5, over three anchors; all three are asked for objectness.
    assert float(box_loss.detach()) == pytest.approx(4 * (0.5 - 1 / 18) / 3)
    assert float(object_loss.detach()) == pytest.approx(float(np.log(2)))
    (object_loss + box_loss).backward()
    assert found.grad[2].all() and not found.grad[:2].any()
    assert (logits.grad[:, 0].sign() == torch.tensor([1.0, -1, -1])).all()


def test_a_mask_that_is_not_good_teaches_nothing():
    torch.manual_seed(0)
    heads = Parser(TINY).heads
    features = {str(level): torch.randn(1, 32, 16 >> level, 12 >> level) for level in range(4)}
    boxes = torch.tensor([[10.0, 20, 70, 100], [30, 10, 90, 60]])
    sampled = [{"boxes": boxes, "labels": torch.tensor([9, 8]), "match": torch.tensor([0, 1])}]

    def loss(*known: bool, minis=(1, 1)):
        target = {
            "boxes": boxes,
            "minis": torch.stack([torch.full((56, 56), m, dtype=torch.uint8) for m in minis]),
            "masked": torch.tensor(known),
        }
        return heads.mask_loss(features, sampled, [(128, 96)], [target])

    both, first, second = loss(True, True), loss(True, False), loss(False, True)
    assert both.item() == pytest.approx((first + second).item() / 2, rel=1e-5)
    assert loss(True, False, minis=(1, 0)).item() == pytest.approx(first.item())
    nothing = loss(False, False)
    assert nothing.item() == 0
    nothing.backward()


def test_the_methods_own_layout_trains():
    """From P2, group normalisation, a box and a mask per category, as configs/deepfashion2.toml."""
    layout = {"norm": "group", "fpn_min_level": 2, "class_agnostic": False}
    parser = Parser(NetworkConfig(**(vars(TINY) | layout))).train()
    losses = parser(torch.randn(1, 3, 128, 96), [garment_target()])
    assert all(torch.isfinite(v) for v in losses.values())
    sum(losses.values()).backward()
    assert all(p.grad is not None for p in parser.backbone.parameters())


def test_boxes_are_refined_by_those_around_them():
    boxes = torch.tensor([[0.0, 0, 100, 100], [300, 300, 320, 340]])
    voters = torch.tensor([[0.0, 0, 100, 100], [0, 0, 100, 80], [0, 0, 100, 50]])
    voters = torch.cat([voters, boxes[1:]])
    found = vote_boxes(boxes, voters, torch.tensor([0.5, 0.25, 1.0, 0.9]))
    # IoU .8 weighs exp(-.04 / .05); the third has .5 and no vote.
    weight = 0.25 * np.exp(-0.8)
    expected = (0.5 * 100 + weight * 80) / (0.5 + weight)
    assert found[0].tolist() == pytest.approx([0, 0, 100, expected], rel=1e-5)
    assert found[1].tolist() == pytest.approx([300, 300, 320, 340], rel=1e-5)
    assert vote_boxes(boxes[:0], voters, torch.ones(4)).shape == (0, 4)


@pytest.mark.parametrize("agnostic", [True, False])
def test_detections_keep_the_contract(agnostic):
    torch.manual_seed(1)
    config = NetworkConfig(**(vars(TINY) | {"class_agnostic": agnostic, "box_score_thresh": 0.0}))
    parser = Parser(config).eval()
    with torch.no_grad():
        found = parser(torch.randn(1, 3, 128, 96))
    count = len(found["scores"][0])
    assert 0 < count <= 50
    assert found["boxes"][0].shape == (count, 4) and found["masks"][0].shape == (count, 28, 28)
    assert (found["scores"][0].diff() <= 0).all()
    assert found["labels"][0].min() >= 1 and found["labels"][0].max() <= 13
    assert (found["masks"][0] >= 0).all() and (found["masks"][0] <= 1).all()
