import torch

from armoire.modeling.onnx_backbone import read_backbone


def test_a_backbone_is_read_back_from_its_exported_file(exported):
    folder, parser, _ = exported
    image = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        for name in ("parser.onnx", "embedder.onnx"):
            found = read_backbone(folder / name)(image)[:3]
            for ours, expected in zip(found, parser.backbone(image), strict=False):
                assert torch.allclose(ours, expected, atol=2e-2, rtol=2e-2)
