import pytest
import torch
from efficientnet_lite_pytorch import EfficientNet

from armoire.modeling.backbone import SqueezeExcitation
from armoire.modeling.efficientnet_lite import (
    THEIR_MEAN,
    THEIR_STD,
    EfficientNetLite,
    load_published,
    weights_path,
)
from armoire.photo import MEAN, STD, normalise


def published(variant: str, side: int) -> EfficientNet:
    path = str(weights_path(variant))
    return EfficientNet.from_pretrained(variant, weights_path=path, image_size=side).eval()


@pytest.mark.parametrize("variant", ["efficientnet-lite0", "efficientnet-lite2"])
def test_the_published_weights_give_the_published_features(variant):
    torch.manual_seed(0)
    ours = EfficientNetLite(variant, se=False).eval()
    load_published(ours, variant, (THEIR_MEAN,) * 3, THEIR_STD)
    image = torch.randn(1, 3, 128, 96)
    with torch.no_grad():
        wanted = published(variant, (128, 96)).extract_features(image)
        found = ours(image)
    assert [tuple(f.shape[2:]) for f in found] == [(32, 24), (16, 12), (8, 6), (4, 3)]
    assert [f.shape[1] for f in found] == ours.channels
    assert wanted.abs().max() > 1
    assert torch.allclose(found[-1], wanted, atol=1e-3)


def test_the_weights_are_told_of_our_input_scaling():
    theirs, ours = (EfficientNetLite("efficientnet-lite0", se=False) for _ in "ab")
    load_published(theirs, "efficientnet-lite0", (THEIR_MEAN,) * 3, THEIR_STD)
    load_published(ours, "efficientnet-lite0")
    image = torch.randint(0, 255, (1, 64, 64, 3), dtype=torch.uint8)
    with torch.no_grad():
        wanted = theirs.stem((image.permute(0, 3, 1, 2) - THEIR_MEAN) / THEIR_STD)
        found = ours.stem(normalise(image))
    # The last row and column see the padding, which is MEAN here and 127 there.
    assert torch.allclose(found[..., :-1, :-1], wanted[..., :-1, :-1], atol=1e-4)
    assert MEAN != (127,) * 3 and STD != THEIR_STD


def test_gates_stand_before_the_pyramid_only():
    torch.manual_seed(0)
    gated, plain = (
        EfficientNetLite("efficientnet-lite0"),
        EfficientNetLite("efficientnet-lite0", False),
    )
    plain.load_state_dict(gated.state_dict(), strict=False)
    assert [isinstance(g, SqueezeExcitation) for g in gated.gate] == [False, True, True, True]
    for gate in list(gated.gate)[1:]:
        torch.nn.init.zeros_(gate.excite.bias)
    with torch.no_grad():
        image = torch.randn(1, 3, 64, 64)
        for half, whole in list(zip(gated(image), plain(image), strict=True))[1:]:
            assert torch.allclose(half * 2, whole, atol=1e-5)


def test_frozen_stages_do_not_learn():
    backbone = EfficientNetLite("efficientnet-lite0")
    backbone.freeze(2)
    frozen = {name.split(".")[1] for name, p in backbone.named_parameters() if not p.requires_grad}
    learning = [name for name, p in backbone.named_parameters() if p.requires_grad]
    assert frozen == {"0"} and not any(name.startswith(("stem.", "stages.0.")) for name in learning)
