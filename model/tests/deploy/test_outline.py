import numpy as np
import torch

from armoire.deploy.outline import export_outline
from armoire.deploy.runtime import open_session
from armoire.modeling.backbone import SEResNet
from armoire.modeling.outline import Outline


def test_the_exported_file_gives_the_same(tmp_path):
    torch.manual_seed(0)
    network = Outline(SEResNet(18, 0.25)).eval()
    torch.nn.init.normal_(network.last.weight, std=0.1)
    path = tmp_path / "outline.onnx"
    export_outline(network, path)
    crop = torch.randint(0, 256, (1, 64, 48, 5), dtype=torch.uint8)
    given = open_session(path, threads=1).run(None, {"crop": crop.numpy()})[0]
    with torch.no_grad():
        wanted = torch.sigmoid(network(crop)).numpy()
    # Weights are stored as float16.
    assert np.abs(given - wanted).max() < 0.02
    assert given.shape == (1, 64, 48) and given.std() > 0.01
