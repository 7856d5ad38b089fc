from dataclasses import replace

import pytest

from armoire.data.sources import Source, in_dev, read_source
from armoire.training.config import TrainConfig, read_config
from armoire.training.loading import draw_weights, training_data


def config_of(folder, root, dev_share: float = 0.3) -> TrainConfig:
    path = folder / "mixed.toml"
    path.write_text(f'[evaluation]\ndev_share = {dev_share}\n[[sources]]\nroot = "{root}"\n')
    return read_config(path)


def test_sources_are_mixed_by_share(coco_root, tmp_path):
    found = config_of(tmp_path, coco_root)
    found.sources.append(Source(str(coco_root), share=0.2))
    samples, weights, dev = training_data(found)
    first = len(samples) - 12
    assert len(dev) + first == 12
    assert weights[first:].sum() / weights.sum() == pytest.approx(0.2)


def test_held_out_street_photos_are_never_drawn(tmp_path, coco_root):
    found = config_of(tmp_path, coco_root, 0.0)
    found.sources.append(replace(found.sources[0], holdout_share=0.5))
    samples, weights, _ = training_data(found)
    kept = samples[12:]
    street = [s for s in read_source(found.sources[1]) if s.source == "user"]
    left_out = {s.identifier for s in street} - {s.identifier for s in kept}
    assert left_out == {s.identifier for s in street if in_dev(s, 0.5)}
    assert 0 < len(left_out) < len(street)
    assert sum(s.source == "shop" for s in kept) == 6 and len(weights) == len(samples)


def test_what_is_rare_is_judged_over_all_sources_together(tmp_path, coco_root):
    found = config_of(tmp_path, coco_root, 0.0)
    found.repeat_threshold = 1.0
    samples = read_source(found.sources[0])
    skirts = [s for s in samples if s.source == "shop"]
    found.sources.append(replace(found.sources[0]))
    # Ten tops and trousers and two skirts of twelve, or all twelve skirts: not rare together.
    first, second = draw_weights(found, [samples[::2] + skirts[:2], skirts])
    photos, with_skirt = len(samples[::2]) + 2 + len(skirts), 2 + len(skirts)
    assert second.tolist() == pytest.approx([(photos / with_skirt) ** 0.5] * len(skirts))
    assert first[-1] == second[0]
