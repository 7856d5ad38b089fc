import cv2
import numpy as np
import pytest
import torch

from armoire.deploy.export import export_parser
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.predict import detect
from armoire.modeling.config import NetworkConfig
from armoire.modeling.onnx_parser import read_parser
from armoire.paths import WEIGHTS
from armoire.training.checkpoint import load_parser
from tests.drawings import small_parser
from tools import import_parser

# Two drawn people, as the start page shows them.
SCENE = WEIGHTS.parents[1] / "web/public/scenes/scene-1.webp"


def test_the_shipped_parser_is_read_back_whole(tmp_path):
    import_parser.main([str(WEIGHTS / "parser.onnx"), str(tmp_path / "shipped.pt")])
    parser, state = load_parser(tmp_path / "shipped.pt")
    assert state["step"] == 0
    photo = cv2.cvtColor(cv2.imread(str(SCENE)), cv2.COLOR_BGR2RGB)
    shipped = ShippedParser(WEIGHTS)
    wanted = shipped(photo)
    with torch.no_grad():
        found = detect(parser, photo, shipped.side)
    assert len(wanted["scores"]) > 0
    assert np.allclose(found["scores"].numpy(), wanted["scores"], atol=5e-3)
    assert np.allclose(found["boxes"].numpy(), wanted["boxes"], atol=0.5)


def test_a_file_of_another_layout_is_refused(tmp_path):
    parser = small_parser(0.05)
    export_parser(parser, tmp_path / "parser.onnx")
    assert read_parser(tmp_path / "parser.onnx", parser.config)
    with pytest.raises(ValueError, match="of the configured shape"):
        read_parser(tmp_path / "parser.onnx", NetworkConfig())
