import numpy as np
import pytest

from armoire.outfits.camera import erode, fill_outside, retake
from armoire.outfits.photometry import FEATURES, blockiness, photometry
from armoire.retrieval.views import recompress


def crop_of(size=(120, 90), seed=0, outside=(255, 0, 0)):
    """A textured grey garment, an ellipse, with something of another colour around it."""
    rng = np.random.default_rng(seed)
    height, width = size
    ys, xs = np.mgrid[:height, :width]
    inside = ((ys / height - 0.5) / 0.45) ** 2 + ((xs / width - 0.5) / 0.45) ** 2 < 1
    crop = np.zeros((height, width, 4), np.uint8)
    crop[..., :3] = outside
    grey = 120 + 30 * np.sin(ys / 3) + rng.normal(0, 6, size)
    crop[inside, :3] = np.clip(grey[inside], 0, 255).astype(np.uint8)[:, None]
    crop[inside, 3] = 255
    return crop


def test_what_lies_beside_a_garment_does_not_come_in():
    one, two = (
        retake(crop_of(outside=o), np.random.default_rng(3)) for o in ((255, 0, 0), (0, 0, 255))
    )
    assert np.array_equal(one[..., 3], two[..., 3])
    inside = one[..., 3] > 0
    assert inside.any() and np.array_equal(one[inside], two[inside])


def test_two_takes_differ_in_light_and_agree_in_outline():
    rng = np.random.default_rng(5)
    takes = [retake(crop_of(), rng) for _ in range(12)]
    means = np.array([t[t[..., 3] > 0][:, :3].mean(0) for t in takes])
    assert np.std(means[:, 0] / means[:, 2]) > 0.03 and np.std(means.mean(1)) > 8
    for take in takes:
        assert take.dtype == np.uint8 and set(np.unique(take[..., 3])) <= {0, 255}


def test_a_thin_garment_keeps_its_mask():
    crop = np.full((40, 6, 4), 255, np.uint8)
    assert erode(crop, 3) is crop
    assert erode(np.full((40, 40, 4), 255, np.uint8), 3).shape == (34, 34, 4)


def test_an_empty_mask_is_left_alone():
    crop = np.zeros((20, 20, 4), np.uint8)
    assert np.array_equal(fill_outside(crop), crop)
    assert np.isfinite(photometry(crop)).all()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("red to green at the edges", lambda p: np.clip(p * [1.3, 1, 0.8], 0, 255)),
        ("noise", lambda p: np.clip(p + np.random.default_rng(1).normal(0, 12, p.shape), 0, 255)),
        ("highlights", lambda p: np.clip(p * 1.3, 0, 255)),
    ],
)
def test_photometry_tells_cameras_apart(name, change):
    crop = crop_of()
    other = crop.copy()
    other[..., :3] = change(crop[..., :3].astype(float)).astype(np.uint8)
    place = FEATURES.index(name)
    assert photometry(other)[place] > photometry(crop)[place] + 0.05


def test_compression_shows_as_blocks():
    rng = np.random.default_rng(2)
    photo = np.clip(rng.normal(128, 25, (128, 128, 3)), 0, 255).astype(np.uint8)
    squeezed = recompress(photo, 8)
    everywhere = np.ones(photo.shape[:2], bool)
    before, after = (
        blockiness(p[..., 0].astype(np.float32), everywhere) for p in (photo, squeezed)
    )
    assert after > before + 0.1
