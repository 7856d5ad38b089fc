"""DeepFashion2's 294 landmarks as channels that categories share.

A landmark means the same on several categories: all upper garments have a neckline, trousers and
shorts a crotch. Those share a channel, so that rare categories learn from common ones. What a
landmark is follows from its place in the data set's order, which goes round a garment from the
neck or the waist. That left and right mirror each other is confirmed by the evaluator's constants,
which are the same for both, but for one pair.
"""

from armoire.photo import CATEGORIES


def _around(roles: list[str], middle: list[str]) -> list[str]:
    """Down one side of a garment, across, and up the other."""
    return (
        [f"{role} left" for role in roles] + middle + [f"{role} right" for role in reversed(roles)]
    )


def _numbered(role: str, count: int) -> list[str]:
    return [f"{role} {number}" for number in range(1, count + 1)]


def _neck(front: str = "neck front") -> list[str]:
    return ["neck back", "neck 1 left", "neck 2 left", front, "neck 2 right", "neck 1 right"]


_SHORT, _LONG = _numbered("short sleeve", 4), _numbered("long sleeve", 8)


def _upper(sleeve: list[str], side: list[str], neck: list[str], middle: list[str]) -> list[str]:
    return neck + _around(["shoulder", *sleeve, "armpit", *side, "hem"], middle)


def _worn_closed(sleeve: list[str], side: list[str]) -> list[str]:
    return _upper(sleeve, side, _neck(), ["hem middle"])


def _worn_open(sleeve: list[str]) -> list[str]:
    """Outerwear: both edges of the front, each with two more landmarks."""
    outline = _upper(
        sleeve, _numbered("top's side", 2), _neck("front's neck left"), ["front's hem left"]
    )
    return [
        *outline,
        "front's neck right",
        "front 1 left",
        "front 2 left",
        "front's hem right",
        "front 1 right",
        "front 2 right",
    ]


def _lower(roles: list[str], middle: list[str]) -> list[str]:
    waist = ["waist left", "waist middle", "waist right"]
    return waist + _around(roles, middle)


_TOP, _DRESS = _numbered("top's side", 2), _numbered("dress's side", 4)
_VEST, _VEST_DRESS = _numbered("vest's side", 1), _numbered("vest dress's side", 3)
_LANDMARKS = (
    _worn_closed(_SHORT, _TOP),
    _worn_closed(_LONG, _TOP),
    _worn_open(_SHORT),
    _worn_open(_LONG),
    _worn_closed([], _VEST),
    _worn_closed([], _VEST),
    _lower(["shorts' side", "leg's hem outer", "leg's hem inner"], ["crotch"]),
    _lower(
        [*_numbered("trousers' side", 2), "leg's hem outer", "leg's hem inner", "knee inner"],
        ["crotch"],
    ),
    _lower(["skirt's side", "skirt's hem"], ["skirt's hem middle"]),
    _worn_closed(_SHORT, _DRESS),
    _worn_closed(_LONG, _DRESS),
    _worn_closed([], _VEST_DRESS),
    _worn_closed([], _VEST_DRESS),
)
# What the channels mean, in the order in which they first occur.
CHANNELS = tuple(dict.fromkeys(name for names in _LANDMARKS for name in names))
# For each category, from 1: the channel of each of its landmarks, in the data set's order.
CHANNELS_OF = {
    number: tuple(CHANNELS.index(name) for name in names)
    for number, names in enumerate(_LANDMARKS, 1)
}
assert len(_LANDMARKS) == len(CATEGORIES)


def _other_side(name: str) -> str:
    if name.endswith(" left"):
        return name.removesuffix("left") + "right"
    return name.removesuffix("right") + "left" if name.endswith(" right") else name


# For each channel, that of the same landmark in a mirror.
MIRRORED = tuple(CHANNELS.index(_other_side(name)) for name in CHANNELS)
