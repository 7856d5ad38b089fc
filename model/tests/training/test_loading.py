import pytest

from armoire.data.sources import Source
from armoire.training.config import read_config
from armoire.training.loading import training_data


def test_sources_are_mixed_by_share(coco_root, tmp_path):
    path = tmp_path / "mixed.toml"
    path.write_text(f'[evaluation]\ndev_share = 0.3\n[[sources]]\nroot = "{coco_root}"\n')
    found = read_config(path)
    found.sources.append(Source(str(coco_root), share=0.2))
    samples, weights, dev = training_data(found)
    first = len(samples) - 12
    assert len(dev) + first == 12
    assert weights[first:].sum() / weights.sum() == pytest.approx(0.2)
