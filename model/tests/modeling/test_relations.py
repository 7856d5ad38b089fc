import numpy as np
import pytest
import torch

from armoire.deploy.export import ParserGraph, export_parser
from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser
from armoire.modeling.onnx_parser import read_parser
from armoire.modeling.relations import Relations, absent_of, placement
from armoire.training.relations import with_relations
from tests.drawings import draw_photo, run_parser, small_parser


def random_layer() -> Relations:
    """A layer that changes logits by about one."""
    torch.manual_seed(5)
    layer = Relations(14).eval()
    torch.nn.init.normal_(layer.change.weight, std=0.1)
    return layer


def test_placement_by_hand():
    found = placement(torch.tensor([[[0.0, 0, 0.2, 0.2], [0.1, 0.1, 0.2, 0.4]]]))[0, 0, 1]
    shared, first, second = 0.01, 0.04, 0.03
    expected = [shared / (first + second - shared), shared / first, shared / second]
    expected += [0.25, 0.75, np.log(0.5), np.log(1.5), 1]
    assert found.tolist() == pytest.approx(expected, rel=1e-4)


def test_a_fresh_layer_changes_nothing_and_a_damped_one_half():
    logits, boxes = torch.randn(1, 6, 14), torch.rand(1, 6, 4).cumsum(-1)
    nobody = torch.zeros(1, 6, dtype=torch.bool)
    assert torch.equal(Relations(14).eval()(logits, boxes, nobody), logits)
    layer = random_layer()
    whole = layer(logits, boxes, nobody) - logits
    layer.damp(0.5)
    half = layer(logits, boxes, nobody) - logits
    assert whole.abs().max() > 0.1 and torch.allclose(half, whole / 2, atol=1e-5)


def test_the_others_matter_and_the_absent_do_not():
    layer = random_layer()
    logits, boxes = torch.randn(1, 3, 14), torch.rand(1, 3, 4).cumsum(-1)
    other = torch.cat([logits[:, :2], -logits[:, 2:]], 1)
    absent = torch.tensor([[False, False, True]])
    with_third, without = torch.zeros_like(absent), absent
    first = layer(logits, boxes, with_third)[0, 0]
    assert not torch.allclose(first, layer(other, boxes, with_third)[0, 0], atol=1e-4)
    first = layer(logits, boxes, without)[0, 0]
    assert torch.allclose(first, layer(other, boxes, without)[0, 0], atol=1e-6)
    sure = torch.tensor([[4.0] + [0.0] * 13, [0.0] * 14])
    assert absent_of(sure).tolist() == [False, False]
    assert absent_of(sure + torch.eye(14)[:1] * 4).tolist() == [True, False]


def test_an_exported_parser_relates_as_it_does_and_is_read_back(tmp_path):
    plain = small_parser(0.05)
    parser = with_relations(plain, random_layer())
    assert plain.heads.relations is None and not plain.config.relations
    path = tmp_path / "parser.onnx"
    export_parser(parser, path)
    photo = draw_photo([(10, 10, 50, 60)], 128, 160)
    _, scores, _, _ = run_parser(path, photo)
    with torch.no_grad():
        wanted = ParserGraph(parser)(torch.from_numpy(photo[None]))
        unrelated = ParserGraph(plain)(torch.from_numpy(photo[None]))
    assert np.allclose(np.sort(scores), np.sort(wanted[1].numpy()), atol=5e-3)
    assert len(scores) and not torch.allclose(wanted[1].max(), unrelated[1].max(), atol=1e-2)
    back = read_parser(path, plain.config)
    assert back.config.relations and back.config.box_voting
    name = "heads.relations.mix.weight"
    assert torch.allclose(back.state_dict()[name], parser.state_dict()[name], atol=1e-3)


def test_training_leaves_relations_alone():
    parser = Parser(NetworkConfig(**(vars(small_parser(0.05).config) | {"relations": True})))
    target = {
        "boxes": torch.tensor([[10.0, 20, 70, 100]]),
        "labels": torch.tensor([9]),
        "minis": torch.ones(1, 56, 56, dtype=torch.uint8),
        "ignore": torch.zeros(0, 4),
        "masked": torch.ones(1, dtype=torch.bool),
        "boxed": torch.ones(1, dtype=torch.bool),
    }
    sum(parser.train()(torch.randn(1, 3, 128, 96), [target]).values()).backward()
    assert all(weight.grad is None for weight in parser.heads.relations.parameters())
