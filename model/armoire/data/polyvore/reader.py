"""One way in for the three formats."""

from pathlib import Path

from armoire.data.polyvore.maryland import read_maryland
from armoire.data.polyvore.outfit_data import OutfitData
from armoire.data.polyvore.polyvore_outfits import read_polyvore_outfits
from armoire.data.polyvore.repacked import read_repacked

FORMATS = ("polyvore", "maryland", "repacked")
SPLITS = ("disjoint", "nondisjoint")


def read_outfit_data(root: Path, format: str, split: str = "nondisjoint") -> OutfitData:
    """A folder in one of FORMATS; Maryland Polyvore has one split only, so `split` is ignored."""
    if format == "maryland":
        return read_maryland(root)
    if format == "polyvore":
        return read_polyvore_outfits(root, split)
    if format == "repacked":
        return read_repacked(root, split)
    raise ValueError(f"format must be one of {FORMATS}, not {format!r}")
