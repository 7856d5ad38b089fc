import json

from armoire.training import curves
from tools import plot


def test_runs_are_drawn_together_a_colour_for_all_seeds_of_one(tmp_path, monkeypatch):
    for name, ap in (("with-1", 0.1), ("with-2", 0.2), ("without-1", 0.3)):
        rows = [{"step": 20, "total": 2.0}, {"step": 40, "total": 1.0}]
        rows.append({"step": 40, "dev": {"ap": ap}})
        (tmp_path / name).mkdir()
        (tmp_path / name / "log.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    drawn = []
    monkeypatch.setattr(curves.pyplot, "close", drawn.append)
    folders = [str(path) for path in sorted(tmp_path.iterdir())]
    plot.main([*folders, "--out", str(tmp_path / "curves" / "both.png")])
    assert (tmp_path / "curves" / "both.png").stat().st_size > 1000
    losses, watched = drawn[0].axes
    assert [line.get_color() for line in losses.lines] == ["C0", "C0", "C1"]
    assert [line.get_ydata()[-1] for line in watched.lines] == [0.1, 0.2, 0.3]
    assert [text.get_text() for text in watched.get_legend().get_texts()] == ["with", "without"]
    assert curves.smoothed([0.0, 3.0, 6.0], 3).tolist() == [1.5, 3.0, 4.5]
