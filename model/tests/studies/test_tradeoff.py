import json

from armoire.data.sources import read_split
from armoire.deploy.export import export_parser
from armoire.evaluation.predict import read_photos
from armoire.studies.tradeoff import Point, median_times, table
from tests.drawings import small_parser
from tools import tradeoff


def test_sizes_are_measured_drawn_and_tabled(exported, coco_root, tmp_path, capsys):
    out = tmp_path / "curves" / "resolution.png"
    arguments = ["--data", str(coco_root), "--weights", str(exported[0]), "--out", str(out)]
    tradeoff.main([*arguments, "--sides", "64", "128"])
    printed = capsys.readouterr().out
    assert "**128 px, shipped**" in printed and "| 64 px |" in printed
    rows = json.loads(out.with_suffix(".json").read_text())
    assert [row["side"] for row in rows] == [64, 128] and [r["shipped"] for r in rows] == [
        False,
        True,
    ]
    assert all(row["ms"] > 0 and 0 <= row["ap"] <= 1 for row in rows)
    assert out.stat().st_size > 1000


def test_a_larger_input_takes_longer(tmp_path, coco_root):
    path = tmp_path / "parser.onnx"
    export_parser(small_parser(0.05), path)
    photos = [photo for _, photo in read_photos(read_split(coco_root, "val"))]
    small, large = median_times([(path, 64), (path, 640)], photos)
    assert small < large


def test_times_are_told_against_the_shipped_point():
    points = [
        Point("lean", 352, 30.0, 0.5, 0.7, 0.4, 0.3),
        Point("ours", 352, 60.0, 0.6, 0.8, 0.5, None, shipped=True),
    ]
    lean, ours = table(points).splitlines()[2:]
    assert lean.endswith("| 30 | 0.50 |") and "n/a" in ours and ours.endswith("| 60 | 1.00 |")
