"""LookBench on a tiny set in its format, and its figures on cases scored by hand."""

import json

import cv2
import numpy as np
import pyarrow
import pyarrow.parquet
import pytest

from armoire.retrieval.lookbench import Part, embed_part, files_of, picture, read_rows, score
from tests.drawings import draw_photo
from tools import lookbench

BOX = (20, 30, 76, 100)


def png(seed: int) -> bytes:
    return cv2.imencode(".png", draw_photo([BOX], seed=seed)[:, :, ::-1])[1].tobytes()


def write(path, images, labels) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pyarrow.parquet.write_table(pyarrow.table({"image": images, "label": labels}), path)


@pytest.fixture
def subset(tmp_path):
    """Four queries that are in the gallery, too, as the hub's {bytes, path} and as bytes."""
    pictures = [png(seed) for seed in range(6)]
    rows = [{"bytes": data, "path": None} for data in pictures[:4]]
    write(tmp_path / "set/query-00000-of-00001.parquet", rows, [0, 1, 2, 3])
    write(tmp_path / "set/gallery/one.parquet", pictures[:3], [0, 1, 2])
    write(tmp_path / "set/gallery/two.parquet", pictures[3:], [3, 4, 5])
    return tmp_path / "set"


def test_a_tiny_set_from_the_command_to_the_figures(exported, subset, tmp_path, capsys):
    write(tmp_path / "noise/gallery.parquet", [png(90), png(91)], [-1, -1])
    out = tmp_path / "out/figures.json"
    arguments = [str(subset), "--weights", str(exported[0]), "--out", str(out)]
    lookbench.main([*arguments, "--noise", str(tmp_path / "noise")])
    figures = json.loads(out.read_text())
    assert json.loads(capsys.readouterr().out) == figures
    assert (figures["queries"], figures["gallery"], figures["unreadable"]) == (4, 8, 0)
    # Each query is in the gallery itself, so that nothing is nearer.
    assert figures["recall@1"] == figures["mrr@20"] == figures["map@10"] == 100


def test_the_figures_by_hand():
    vectors = np.eye(3, dtype=np.float32)
    gallery = Part(vectors, np.array([7, 8, 7]), 3, 0)
    # The first query's own is second, the other's first; the third has none.
    asked = np.float32([[0.6, 0.8, 0], [0, 0.1, 1], [1, 0, 0]])
    figures = score(Part(asked, np.array([7, 7, 9]), 3, 1), gallery)
    assert figures["recall@1"] == pytest.approx(33.33)
    assert figures["recall@5"] == pytest.approx(66.67)
    assert figures["mrr@5"] == pytest.approx(50)
    assert figures["unreadable"] == 1


def test_broken_pictures_are_counted_and_left_out(exported, tmp_path):
    (tmp_path / "there.png").write_bytes(png(1))
    images = ["there.png", "gone.png", "../outside.png"]
    (tmp_path.parent / "outside.png").write_bytes(png(2))
    write(tmp_path / "query.parquet", images, ["a", "b", "c"])
    part = embed_part(exported[0], tmp_path, "query")
    assert (part.labels.tolist(), part.unreadable) == (["a"], 2)


@pytest.mark.parametrize("cell", [b"", b"no picture", None, 5, {"bytes": None, "path": None}])
def test_what_is_no_picture_is_refused(cell, tmp_path):
    with pytest.raises(ValueError, match=r"."):
        picture(cell, tmp_path)


def test_a_folder_of_another_format_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match="query"):
        files_of(tmp_path, "query")
    pyarrow.parquet.write_table(pyarrow.table({"picture": [b""]}), tmp_path / "query.parquet")
    with pytest.raises(ValueError, match="image or label"):
        next(read_rows(tmp_path, "query"))
