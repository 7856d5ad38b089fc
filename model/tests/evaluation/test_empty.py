import pytest

from armoire.evaluation.empty import calibrated, share_empty, surest_by_photo
from armoire.photo import CATEGORIES
from tests.evaluation.cases import SKIRT, TOP, UPPER, garment, photo, rows_of


def test_counts_photos_without_garments_alone(tmp_path):
    samples = [
        photo(tmp_path, garment(TOP, UPPER), identifier=1),
        photo(tmp_path, identifier=2),
        photo(tmp_path, identifier=3),
        photo(tmp_path, identifier=4),
    ]
    rows = [
        *rows_of(1, (TOP, UPPER, 0.9)),
        *rows_of(2, (TOP, UPPER, 0.35), (SKIRT, UPPER, 0.5)),
        *rows_of(3, (TOP, UPPER, 0.2)),
    ]
    surest = surest_by_photo(samples, rows)
    assert surest.round(4).tolist() == [0.5, 0.2, 0.0]
    assert share_empty(surest, 0.4) == 2 / 3
    assert share_empty(surest, 0.5) == 2 / 3
    assert share_empty(surest, 0.1) == 1 / 3


def test_calibrates_each_category_by_its_own_curve():
    rows = rows_of(1, (TOP, UPPER, 0.5), (SKIRT, UPPER, 0.5))
    table = {CATEGORIES[TOP - 1]: [[0, 0], [1, 1]], CATEGORIES[SKIRT - 1]: [[0.4, 0.1], [0.6, 0.3]]}
    assert [row["score"] for row in calibrated(rows, table)] == pytest.approx([0.5, 0.2])
    assert rows[1]["score"] == 0.5
