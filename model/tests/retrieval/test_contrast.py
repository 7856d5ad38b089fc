import numpy as np
import torch
import torch.nn.functional as F

from armoire.modeling.embedder import Projection
from armoire.retrieval.contrast import (
    UNKNOWN,
    ContrastiveConfig,
    Views,
    fit,
    info_nce,
    label_loss,
    sample_views,
)
from armoire.retrieval.nearest import nearest, precision_at, recall


def views_of(identity: list[int], dyed: list[int]) -> Views:
    count = len(identity)
    empty = torch.zeros(count, dtype=torch.long)
    return Views(
        torch.zeros(count, 4), torch.tensor(identity), empty, empty, torch.tensor(dyed).bool()
    )


def test_pairs_are_two_views_of_one_identity_and_a_dyed_third():
    #               0  1  2  3  4  5  6  7
    views = views_of([0, 1, 0, 0, 1, 2, 3, 3], [0, 0, 0, 1, 0, 0, 0, 1])
    for seed in range(5):
        one, other, dyed = sample_views(views, np.random.default_rng(seed))
        # Identity 2 has one view and 3 only one that is not dyed: neither makes a pair.
        assert sorted(views.identity[one].tolist()) == [0, 1]
        assert torch.equal(views.identity[one], views.identity[other])
        assert (
            (one != other).all()
            and not views.recoloured[one].any()
            and not views.recoloured[other].any()
        )
        for row, third in zip(one, dyed, strict=True):
            assert third == 3 if views.identity[row] == 0 else third in (1, 4)


def test_info_nce_is_least_when_positives_are_nearest():
    here = torch.eye(3)
    scale = torch.tensor(2.0)
    assert info_nce(here, here, scale) < info_nce(here, here[[1, 2, 0]], scale)


def test_unknown_names_teach_nothing():
    logits = torch.tensor([[9.0, 0.0], [0.0, 9.0]])
    known = label_loss(logits[:1], torch.tensor([0]))
    assert torch.equal(label_loss(logits, torch.tensor([0, UNKNOWN])), known)
    assert label_loss(logits, torch.tensor([UNKNOWN, UNKNOWN])) == 0


def test_learning_brings_views_of_a_garment_together_and_names_it():
    torch.manual_seed(1)
    garments, count = 600, 4
    identity = torch.randn(garments, 1, 24)
    nuisance = torch.randn(garments, count, 24) * 3
    shape = torch.cat([identity.expand(-1, count, -1), nuisance], 2) @ torch.randn(48, 48)
    colour = torch.arange(garments) % 13
    colours = torch.eye(13)[colour][:, None].expand(-1, count, -1)
    shades = F.normalize(torch.rand(garments, count, 13), dim=2)
    seen = torch.cat([shape, colours + torch.randn(garments, count, 13) * 0.1, shades], 2)
    category = (identity[:, 0, :13]).argmax(1)
    owner = torch.arange(520).repeat_interleave(count)
    views = Views(
        seen[:520].flatten(0, 1),
        owner,
        category[owner],
        colour[owner],
        torch.arange(len(owner)) % count == 3,
    )
    projection = Projection(48, 13)
    projection.fit_whitening(seen[:520, 0])

    def measure(now: Projection) -> dict[str, float]:
        with torch.no_grad():
            gallery, _ = now(seen[:, 0], torch.zeros(len(seen)))
            asked, names = now(seen[520:, 1], torch.zeros(len(seen) - 520))
        right = float((names.argmax(1) == colour[520:]).float().mean())
        found = recall(asked, gallery, torch.arange(520, 600))
        return found | {"colour": right, "total": found["recall@1"]}

    before = measure(projection)["recall@1"]
    curve = fit(projection, views, ContrastiveConfig(epochs=40, batch_size=256), measure)
    assert curve[-1]["recall@1"] > before + 0.1
    assert curve[-1]["colour"] > 0.9
    assert measure(projection)["recall@1"] == max(row["recall@1"] for row in curve)


def test_recall_counts_the_right_rows():
    gallery = torch.eye(4)
    queries = torch.tensor([[0.9, 0.1, 0, 0], [0.9, 0.8, 0, 0]])
    assert recall(queries, gallery, torch.tensor([0, 1]), (1, 2)) == {
        "recall@1": 0.5,
        "recall@2": 1.0,
    }


def test_precision_is_the_share_of_neighbours_with_the_querys_label():
    gallery = np.eye(3, dtype=np.float32)
    queries = np.float32([[0.9, 0.5, 0.1]])
    cosines, order = nearest(queries, gallery, 2)
    assert order.tolist() == [[0, 1]] and cosines[0, 0] > cosines[0, 1]
    assert precision_at(order, np.array(["red"]), np.array(["red", "blue", "red"])) == 0.5
