import pytest
import torch

from armoire.photo import COLOURS
from armoire.retrieval.palette import START, fit_palette, soft_votes, votes

NAVY, RED = COLOURS.index("navy"), COLOURS.index("red")


def palette():
    return torch.tensor([START[name] for name in COLOURS], dtype=torch.float32)


def test_each_pixel_votes_for_the_nearest_colour():
    pixels = torch.tensor([[[19.0, 5, -17], [27, 4, -23], [52, 58, 39], [18, 5, -18]]])
    shares = votes(palette(), pixels)[0]
    assert (shares[NAVY].item(), shares[RED].item()) == (0.75, 0.25)
    assert soft_votes(palette(), pixels)[0, NAVY].item() == pytest.approx(0.75, abs=0.05)


def test_the_fit_moves_points_to_where_the_labels_are():
    # What is called red here begins nearer to pink.
    pixels = torch.tensor([56.0, 53, 16]) + torch.randn(40, 16, 3)
    labels = torch.full((40,), RED)
    assert votes(palette(), pixels).argmax(1).ne(RED).all()
    assert votes(fit_palette(pixels, labels), pixels).argmax(1).eq(RED).all()
