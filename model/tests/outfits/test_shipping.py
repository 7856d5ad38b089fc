import shutil

import numpy as np
import torch

from armoire.deploy.runtime import ShippedCompatibility
from armoire.manifest import edit_manifest, file_entry, read_manifest
from armoire.outfits.fitting import FitConfig, fit
from armoire.outfits.shipping import ship
from armoire.photo import COLOURS
from tests.outfits.wardrobes import drawn_wardrobe

QUICK = FitConfig(rank=8, steps=40, batch=32, negatives=8, lr=0.02)


def test_what_is_shipped_is_what_was_fitted(exported, tmp_path):
    folder = tmp_path / "weights"
    shutil.copytree(exported[0], folder)
    with edit_manifest(folder) as manifest:
        prototypes = {name: np.eye(64)[i].tolist() for i, name in enumerate(COLOURS)}
        manifest["embedder"]["colourPrototypes"] = prototypes
    wardrobe = drawn_wardrobe(40)
    looks = wardrobe.looks()
    ship(wardrobe, np.arange(len(looks)), folder, QUICK)

    entry = read_manifest(folder)["compatibility"]
    assert file_entry(folder / "compatibility.onnx").items() <= entry.items()
    assert entry["bytes"] < 2**20
    scale, bias = (np.array(entry["calibration"][k]) for k in ("scale", "bias"))
    assert scale.shape == bias.shape == (14, 14) and (scale > 0).all()
    assert entry["looks"]["count"] == 40 and entry["looks"]["categoryPairs"][2][8] == 40

    model = fit(wardrobe, looks, QUICK)
    rng = np.random.default_rng(1)
    for count in (0, 1, 7):
        x = rng.normal(size=(count, 256)).astype(np.float32)
        a, b = rng.integers(0, 14, (2, count))
        ours = ShippedCompatibility(folder)(x, a, b)
        with torch.no_grad():
            theirs = model(*map(torch.from_numpy, (x, a, b))).numpy()
        # Large weights are stored as float16.
        assert ours.shape == theirs.shape == (count, 256)
        assert np.allclose(ours, theirs, atol=5e-3 * max(1, np.abs(theirs).max(initial=0)))
