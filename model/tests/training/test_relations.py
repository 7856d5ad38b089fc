import cv2
import numpy as np
import torch

from armoire.data.sample import Garment, Sample
from armoire.training.checkpoint import load_parser, save_start
from armoire.training.relations import Fit, Proposals, fit, loss_of, targets
from tests.drawings import coco_annotation, draw_photo, small_parser, write_coco
from tools import fit_relations


def sample(garments, ignore=()) -> Sample:
    boxes = np.float32(ignore).reshape(-1, 4)
    return Sample(None, 1, 100, 200, "user", garments, boxes)


def test_proposals_are_labelled_by_their_boxes():
    garment = Garment(9, np.float32([0, 0, 100, 100]), [], 1e4)
    boxes = torch.tensor([[0.0, 0, 0.5, 0.4], [0.0, 0.5, 0.5, 1], [0.0, 0.5, 0.25, 1]])
    labels, iou = targets(sample([garment], ignore=[[0, 100, 40, 200]]), boxes)
    # Of the second .4 lie in the ignore region, of the third .8.
    assert labels.tolist() == [9, 0, -1]
    assert torch.allclose(iou, torch.tensor([0.8, 0, 0]))


def test_a_tight_box_is_to_be_surer_than_a_loose_one():
    logits = torch.zeros(1, 2, 14, requires_grad=True)
    never = torch.zeros(1, 2, dtype=torch.bool)
    iou = torch.tensor([[0.85, 0.5]])
    seen = Proposals(logits, torch.zeros(1, 2, 4), never, torch.tensor([[9, 9]]), iou)
    loss_of(logits, seen).backward()
    tight, loose = logits.grad[0]
    assert tight[9] < loose[9] < 0 and loose[0] < 0 < tight[0]


def dresses_and_halves(count: int) -> Proposals:
    """Photos with a top over a skirt, both likely; in every other one a surer dress covers both.

    Then top and skirt are background. Nothing but the dress tells.
    """
    logits = torch.zeros(count, 3, 14)
    logits[:, 0, 1], logits[:, 1, 9] = 2.0, 2.0
    dressed = torch.arange(count) % 2 == 0
    logits[:, 2, 10] = 4.0
    boxes = torch.tensor([[0.3, 0.2, 0.6, 0.5], [0.3, 0.5, 0.6, 0.8], [0.3, 0.2, 0.6, 0.8]])
    labels = torch.tensor([[0, 0, 10], [1, 9, -1]])[(~dressed).long()]
    absent = torch.zeros(count, 3, dtype=torch.bool)
    absent[~dressed, 2] = True
    return Proposals(logits, boxes.repeat(count, 1, 1), absent, labels, torch.ones(count, 3))


def test_a_dress_over_a_top_and_a_skirt_is_learnt():
    table = dresses_and_halves(64)
    layer = fit(table, 14, Fit(epochs=40, lr=5e-3, share=1.0))
    with torch.no_grad():
        found = layer(table.logits, table.boxes, table.absent).softmax(-1)
    with_dress, without = found[0, 0, 1], found[1, 0, 1]
    assert with_dress < 0.2 and without > 0.8


def test_the_command_adds_relations_and_changes_nothing_else(tmp_path):
    write_coco(
        tmp_path / "set",
        [{"id": n, "file_name": f"{n}.png", "width": 96, "height": 128} for n in range(4)],
        [coco_annotation(n + 1, n, 1 + n, (10, 20, 60, 90)) for n in range(4)],
    )
    (tmp_path / "set" / "images").mkdir()
    for n in range(4):
        photo = draw_photo([(10, 20, 60, 90)], seed=n)
        cv2.imwrite(str(tmp_path / "set" / "images" / f"{n}.png"), photo)
    save_start(tmp_path / "plain.pt", small_parser(0.05), "small")
    out = tmp_path / "related.pt"
    arguments = [str(tmp_path / "plain.pt"), str(out), "--data", str(tmp_path / "set")]
    fit_relations.main([*arguments, "--splits", "train", "--dev-share", "0", "--side", "128"])
    before, after = (load_parser(path)[0] for path in (tmp_path / "plain.pt", out))
    assert after.config.relations and after.heads.relations is not None
    own = after.state_dict()
    assert all(torch.equal(own[name], value) for name, value in before.state_dict().items())
    assert own["heads.relations.change.weight"].any()
    again = tmp_path / "again.pt"
    fit_relations.main([str(tmp_path / "plain.pt"), str(again), "--layer", str(out)])
    taken = load_parser(again)[0].state_dict()
    assert all(torch.equal(taken[name], value) for name, value in own.items())
