from armoire.evaluation.empty import share_empty, surest_by_photo
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
