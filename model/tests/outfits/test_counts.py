import numpy as np

from armoire.outfits.counts import count_pairs


def test_a_look_counts_once_for_each_pair():
    categories, colours = np.array([2, 8, 4, 2, 8]), np.array([0, 0, -1, 1, 0])
    found = count_pairs([[0, 1, 2], [3, 4]], categories, colours)
    pairs, tones = np.array(found["categoryPairs"]), np.array(found["colourPairs"])
    assert found["count"] == 2
    assert np.array_equal(pairs, pairs.T) and np.array_equal(tones, tones.T)
    assert pairs[2, 8] == 2 and pairs[2, 4] == 1 and pairs.sum() == 8
    # The coat has no colour: it counts for no pair of colours.
    assert tones[0, 0] == 1 and tones[0, 1] == 1 and tones.sum() == 3
