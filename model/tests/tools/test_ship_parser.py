import hashlib
import json
import shutil

from armoire.deploy.runtime import ShippedParser
from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser
from armoire.photo import LONG_SIDE
from armoire.training.checkpoint import save
from tests.drawings import draw_photo
from tools import ship_parser


def test_a_parser_on_another_backbone_is_shipped_beside_the_embedder(exported, tmp_path):
    weights = shutil.copytree(exported[0], tmp_path / "weights")
    shape = {"fpn_channels": 16, "box_head_dim": 16, "mask_head_channels": 8, "mask_head_convs": 1}
    parser = Parser(
        NetworkConfig(backbone="efficientnet-lite0", box_score_thresh=0.0, **shape)
    ).eval()
    state = {"network": vars(parser.config), "ema": parser.state_dict()}
    save(tmp_path / "run.pt", state | {"name": "lite", "photos": 8, "step": 1, "elapsed": 120.0})
    before = json.loads((weights / "manifest.json").read_text())
    ship_parser.main([str(tmp_path / "run.pt"), "--weights", str(weights), "--version", "9.0.0"])
    after = json.loads((weights / "manifest.json").read_text())
    assert after["version"] == "9.0.0" and after["embedder"] == before["embedder"]
    assert (
        after["parser"]["longSide"] == LONG_SIDE
        and after["parser"].keys() == before["parser"].keys()
    )
    assert after["training"] == {"config": "lite", "photos": 8, "minutes": 2}
    digest = hashlib.sha256((weights / "parser.onnx").read_bytes()).hexdigest()
    assert after["parser"]["sha256"] == digest != before["parser"]["sha256"]
    assert len(ShippedParser(weights)(draw_photo([(10, 10, 50, 60)]))["scores"]) > 0
