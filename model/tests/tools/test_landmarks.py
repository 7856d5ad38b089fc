"""The landmark branch from one's own folder to the exported file: trained, scored, exported."""

import json

import cv2
import numpy as np
import pytest

from armoire.deploy.export import export_parser, parser_entry
from armoire.manifest import write_manifest
from armoire.training.checkpoint import load_parser
from tests.drawings import TINY_NETWORK, draw_photo, rectangle
from tools import landmarks, train

CONFIG = """
num_workers = 0
num_threads = 1
cache_side = 128
{network}
scale_range = [0.9, 1.1]
copy_paste_prob = 0.0
[schedule]
batch_size = 4
steps = 120
warmup_steps = 5
lr = 0.004
backbone_lr = 0.004
checkpoint_minutes = 0.0

[evaluation]
dev_share = 0.0
every_minutes = 60

[[sources]]
root = "{root}"
format = "deepfashion2"
"""


@pytest.fixture
def root(tmp_path):
    """Eight photos of a skirt with all of its landmarks, in DeepFashion2's format."""
    folder = tmp_path / "deepfashion2"
    for split in ("train", "validation"):
        (folder / split / "image").mkdir(parents=True)
        (folder / split / "annos").mkdir()
        for number in range(1, 9):
            x1, y1 = 14 + 2 * number, 20 + number
            x2, y2 = x1 + 50, y1 + 70
            outline = [(x1, y1), ((x1 + x2) / 2, y1), (x2, y1), (x1, (y1 + y2) / 2), (x1, y2)]
            outline += [((x1 + x2) / 2, y2), (x2, y2), (x2, (y1 + y2) / 2)]
            item = {
                "category_name": "skirt",
                "category_id": 9,
                "style": 1,
                "bounding_box": [x1, y1, x2, y2],
                "segmentation": [rectangle(x1, y1, x2, y2)],
                "landmarks": [v for x, y in outline for v in (x, y, 2)],
                "scale": 2,
                "occlusion": 1,
                "zoom_in": 1,
                "viewpoint": 2,
            }
            table = {"source": "shop", "pair_id": number, "item1": item}
            photo = draw_photo([(x1, y1, x2, y2)], seed=number)
            cv2.imwrite(str(folder / split / "image" / f"{number:06d}.jpg"), photo)
            (folder / split / "annos" / f"{number:06d}.json").write_text(json.dumps(table))
    return folder


def test_the_branch_learns_and_is_exported(root, tmp_path, capsys):
    network = TINY_NETWORK.replace("[network]", "[network]\nlandmarks = true")
    config = tmp_path / "tiny.toml"
    config.write_text(CONFIG.format(network=network, root=root))
    run = tmp_path / "run"
    train.main([str(config), "--out", str(run)])
    rows = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    losses = [row["landmark"] for row in rows if "landmark" in row]
    # A guess among 784 cells costs 6.7.
    assert losses[0] > 5 and losses[-1] < losses[0] - 1

    parser, _ = load_parser(run / "last.pt")
    weights = tmp_path / "weights"
    export_parser(parser, weights / "parser.onnx")
    entry = parser_entry(weights, parser, {"side": 128, "threshold": 0.05})
    assert entry["outputs"][-1]["name"] == "landmarks"
    assert [len(c) for c in entry["landmarks"]["channels"].values()][8] == 8
    write_manifest(weights, {"parser": entry})

    found = []
    for source in (["--checkpoint", str(run / "last.pt")], ["--weights", str(weights)]):
        out = tmp_path / "rows.json"
        capsys.readouterr()
        landmarks.main([str(root), *source, "--side", "128", "--device", "cpu", "--out", str(out)])
        assert json.loads(capsys.readouterr().out)["garments"] == 8
        found.append(json.loads(out.read_text()))
    ours, theirs = (max(rows, key=lambda row: row["score"]) for rows in found)
    assert ours["image_id"] == theirs["image_id"]
    assert np.allclose(ours["keypoints"][::3], theirs["keypoints"][::3], atol=2)
