"""Parity: PyTorch and ONNX Runtime agree, on small fresh networks and on the shipped files."""

import hashlib
import warnings

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto

from armoire.deploy.export import (
    ParserGraph,
    export_parser,
    load_embedder,
)
from armoire.deploy.runtime import (
    ShippedCompatibility,
    ShippedEmbedder,
    ShippedParser,
    open_session,
)
from armoire.manifest import read_manifest
from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser
from armoire.modeling.efficientnet_lite import load_published
from armoire.modeling.embedder import CROP_SIDE, EMBEDDING_SIZE
from armoire.paths import WEIGHTS
from armoire.photo import CATEGORIES, COLOURS, MEAN, letterbox
from armoire.training.checkpoint import save
from tests.drawings import draw_photo, run_parser, small_parser

# Half-precision weights move a score by up to about 1e-3 and a corner by a tenth of a pixel.
SCORE_TOLERANCE = 5e-3
BOX_TOLERANCE = 0.5


@pytest.mark.parametrize("size", [(128, 96), (96, 160), (224, 64)])
def test_parser_agrees_at_sizes_that_were_not_traced(exported, size):
    folder, parser, _ = exported
    photo = draw_photo([(10, 10, 50, 60)], *size)
    padded, _ = letterbox(photo, max(size))
    ours = run_parser(folder / "parser.onnx", padded)
    with torch.no_grad(), warnings.catch_warnings():
        expected = [v.numpy() for v in ParserGraph(parser)(torch.from_numpy(padded[None]))]
    assert len(ours[1]) == len(expected[1]) > 0
    assert np.abs(np.sort(ours[1]) - np.sort(expected[1])).max() < SCORE_TOLERANCE
    assert ours[0][:, [0, 2]].max() <= padded.shape[1] + 1e-3
    assert ours[0][:, [1, 3]].max() <= padded.shape[0] + 1e-3
    assert ours[2].dtype == np.int64 and ours[3].shape[1:] == (28, 28)


def test_masks_are_made_from_a_score_up(exported):
    folder, parser, _ = exported
    photo = draw_photo([(10, 10, 50, 60)], 128, 96)
    boxes, scores, labels, masks = run_parser(folder / "parser.onnx", photo)
    assert (np.diff(scores) <= 0).all() and len(masks) == len(scores) > 4
    for count in (3, 0):
        floor = float(scores[:count].min(initial=2.0))
        fewer = run_parser(folder / "parser.onnx", photo, floor)
        for all_of_them, now in zip((boxes, scores, labels), fewer, strict=False):
            assert np.array_equal(all_of_them, now)
        assert np.allclose(fewer[3], masks[:count], atol=1e-5) and len(fewer[3]) == count
        with torch.no_grad(), warnings.catch_warnings():
            ours = ParserGraph(parser)(torch.from_numpy(photo[None]), torch.tensor([floor]))
        assert len(ours[1]) == len(scores)


def test_parser_finds_nothing_without_falling(tmp_path):
    export_parser(small_parser(2.0), tmp_path / "parser.onnx")
    outputs = run_parser(tmp_path / "parser.onnx", np.full((64, 96, 3), MEAN, np.uint8))
    assert [o.shape for o in outputs] == [(0, 4), (0,), (0,), (0, 28, 28)]


@pytest.mark.parametrize("se", [True, False])
def test_a_parser_over_efficientnet_lite_agrees(tmp_path, se):
    torch.manual_seed(3)
    shape = {"fpn_channels": 32, "box_head_dim": 32, "mask_head_channels": 16, "mask_head_convs": 1}
    config = NetworkConfig(backbone="efficientnet-lite0", se=se, box_score_thresh=0.0, **shape)
    parser = Parser(config).eval()
    load_published(parser.backbone, "efficientnet-lite0")
    export_parser(parser, tmp_path / "parser.onnx")
    photo = draw_photo([(10, 10, 50, 60)], 96, 160)
    ours = run_parser(tmp_path / "parser.onnx", photo)
    with torch.no_grad(), warnings.catch_warnings():
        expected = [v.numpy() for v in ParserGraph(parser)(torch.from_numpy(photo[None]))]
    assert len(ours[1]) == len(expected[1]) > 0
    assert np.abs(np.sort(ours[1]) - np.sort(expected[1])).max() < SCORE_TOLERANCE


@pytest.mark.parametrize("count", [0, 1, 5])
def test_embedder_agrees_for_any_batch(exported, count):
    folder, _, embedder = exported
    crops = (
        np.random.default_rng(1).integers(0, 255, (count, CROP_SIDE, CROP_SIDE, 4)).astype(np.uint8)
    )
    labels = np.arange(count, dtype=np.uint8)
    ours = ShippedEmbedder(folder)(crops, labels)
    with torch.no_grad():
        seen = embedder(torch.from_numpy(crops), torch.from_numpy(labels))
        expected, colours = (v.numpy() for v in seen)
    assert ours.shape == (count, EMBEDDING_SIZE)
    assert np.allclose((ours * expected).sum(1), 1, atol=1e-3)
    named = ShippedEmbedder(folder).name_colours(crops)
    assert named.shape == (count, len(COLOURS))
    assert np.allclose(named, colours, atol=2e-3) and np.allclose(named.sum(1), 1, atol=1e-5)


def test_embedder_sees_nothing_but_the_garment(exported):
    folder, _, _ = exported
    crops = np.full((2, CROP_SIDE, CROP_SIDE, 4), 80, np.uint8)
    crops[..., 3] = 0
    crops[:, 30:130, 40:120, 3] = 255
    crops[1, :20, :, :3] = 250
    one, two = ShippedEmbedder(folder)(crops, np.zeros(2))
    assert np.allclose(one, two, atol=1e-5)


def test_an_embedders_own_weights_leave_the_parser_alone(exported, tmp_path):
    _, parser, embedder = exported
    state = {name: value + 1 for name, value in embedder.state_dict().items()}
    save(tmp_path / "embedder.pt", {"embedder": state, "prototypes": {}})
    before = parser.backbone.stem.weight.clone()
    loaded, _ = load_embedder(parser.backbone, tmp_path / "embedder.pt")
    assert torch.equal(parser.backbone.stem.weight, before)
    assert torch.equal(loaded.descriptor.stem.weight, before + 1)


def test_large_weights_are_stored_in_half_precision(exported):
    model = onnx.load(exported[0] / "parser.onnx")
    large = [t for t in model.graph.initializer if np.prod(t.dims) >= 1024]
    assert large and all(t.data_type == TensorProto.FLOAT16 for t in large)


def test_manifest_is_the_contract(exported):
    manifest = read_manifest(exported[0])
    assert manifest["categories"] == list(CATEGORIES)
    assert manifest["parser"]["padding"] == list(MEAN)
    assert [o["name"] for o in manifest["parser"]["outputs"]] == [
        "boxes",
        "scores",
        "labels",
        "masks",
    ]
    assert manifest["embedder"]["size"] == 256


def test_shipped_files_match_their_manifest():
    manifest = read_manifest(WEIGHTS)
    total = 0
    for part in ("parser", "embedder", "compatibility"):
        content = (WEIGHTS / manifest[part]["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == manifest[part]["sha256"]
        assert len(content) == manifest[part]["bytes"]
        session = open_session(WEIGHTS / manifest[part]["file"])
        assert [i.name for i in session.get_inputs()] == [
            i["name"] for i in manifest[part]["inputs"]
        ]
        assert [o.name for o in session.get_outputs()] == [
            o["name"] for o in manifest[part]["outputs"]
        ]
        total += len(content)
    assert total < 40 * 2**20


def test_shipped_files_run_on_a_drawing():
    photo = draw_photo([(60, 40, 180, 200), (80, 200, 160, 380)], 400, 240)[..., ::-1].copy()
    found = ShippedParser(WEIGHTS)(photo)
    count = len(found["scores"])
    assert count <= 50 and found["masks"].shape == (count, 28, 28)
    assert (found["boxes"] >= 0).all() and (found["boxes"] <= [240, 400, 240, 400]).all()
    assert (found["scores"] >= 0.05).all() and (np.diff(found["scores"]) <= 0).all()
    embedder = ShippedEmbedder(WEIGHTS)
    crops = np.full((2, embedder.side, embedder.side, 4), 200, np.uint8)
    lengths = np.linalg.norm(embedder(crops, np.array([0, 8])), axis=1)
    assert np.allclose(lengths, 1, atol=1e-4)


def test_the_shipped_compatibility_is_symmetric_and_fits_the_embedder():
    manifest = read_manifest(WEIGHTS)
    entry = manifest["compatibility"]
    assert entry["embedder"] == manifest["embedder"]["model"] and entry["bytes"] < 2**20
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2, 40, EMBEDDING_SIZE)).astype(np.float32)
    a, b = rng.integers(0, 14, (2, 40))
    query = ShippedCompatibility(WEIGHTS)
    there, back = (query(x, a, b) * y).sum(1), (query(y, b, a) * x).sum(1)
    assert np.allclose(there, back, rtol=1e-3, atol=1e-3 * np.abs(there).max())
    for name in ("scale", "bias"):
        values = np.array(entry["calibration"][name])
        assert values.shape == (14, 14) and np.array_equal(values, values.T)
    assert (np.array(entry["calibration"]["scale"]) > 0).all()
