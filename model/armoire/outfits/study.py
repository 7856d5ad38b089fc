"""The evaluation of outfits: all judges on the same questions, and the learning curve."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from armoire.modeling.compatibility import Compatibility
from armoire.outfits import ablations
from armoire.outfits.benchmark import (
    FOLDS,
    Exam,
    Tally,
    cross_validate,
    estimate,
    examine,
    folds_of,
    set_exam,
)
from armoire.outfits.fitting import FitConfig, fit
from armoire.outfits.judges import (
    COLOUR,
    Judge,
    PairJudge,
    by_item,
    camera_scores,
    model_scores,
    named_colours,
    popularity,
)
from armoire.outfits.shipping import TRAIN
from armoire.outfits.wardrobe import PLAIN, RETAKEN, Wardrobe

log = logging.getLogger(__name__)
MODEL = "model"
CONTROLS = (
    *("random", "popularity", "same colour", "colour similarity"),
    *("embedding similarity", "photometric"),
)
VIEWS = {"as they are": PLAIN, "each retaken": RETAKEN}
SHARES = (0.125, 0.25, 0.5, 1.0)
ABLATION_LR = 3e-3


@dataclass
class Study:
    """The garments, the colours that the embedder gives them, and how the model is fitted."""

    wardrobe: Wardrobe
    prototypes: dict[str, list[float]]
    config: FitConfig

    def __post_init__(self):
        self.colours = named_colours(self.wardrobe, self.prototypes)

    def controls(self, train: list[list[int]]) -> dict[str, Callable[[int], Judge]]:
        """What the model must beat."""
        wardrobe, colours = self.wardrobe, self.colours
        rows = np.array([row for look in train for row in look])
        kinds = wardrobe.categories

        def chance(view: int) -> Judge:
            noise = np.random.default_rng(view).random((len(kinds),) * 2)
            return PairJudge(noise + noise.T)

        def cosine(part: slice) -> Callable[[int], Judge]:
            def judge(view: int) -> Judge:
                seen = wardrobe.vectors[:, view, part]
                return PairJudge(seen @ seen.T)

            return judge

        same = (colours[:, None] == colours[None]).astype(np.float32)
        common = by_item(popularity(colours, kinds, rows))
        found = {
            "random": chance,
            "popularity": lambda view: PairJudge(common),
            "same colour": lambda view: PairJudge(same),
            "colour similarity": cosine(COLOUR),
            "embedding similarity": cosine(slice(None)),
            "photometric": lambda view: PairJudge(
                camera_scores(wardrobe.cameras[:, view], kinds, rows)
            ),
        }
        assert tuple(found) == CONTROLS
        return found

    def fit(self, train: list[list[int]]) -> Compatibility:
        """The shipped form, fitted to these looks."""
        return fit(self.wardrobe, train, self.config)

    def with_model(self, model: Compatibility) -> Callable[[int], Judge]:
        """A model as a judge of this study's garments."""
        vectors, categories = self.wardrobe.vectors, self.wardrobe.categories
        return lambda view: PairJudge(model_scores(model, vectors[:, view], categories))

    def fitted(self, train: list[list[int]]) -> Callable[[int], Judge]:
        """The shipped form as a judge, fitted to these looks."""
        return self.with_model(self.fit(train))

    def ablations(self, train: list[list[int]]) -> dict[str, Callable[[int], Judge]]:
        """The model beside those that are not bilinear, which take longer to fit."""
        wardrobe = self.wardrobe
        changed = {"lr": ABLATION_LR, "decay": 0.1, "batch": 64, "negatives": 15}
        config = FitConfig(**{**vars(self.config), **changed})
        pairs = ablations.fit_pairs(wardrobe, train, config)
        sets = ablations.fit_sets(wardrobe, train, config)
        return {
            MODEL: self.fitted(train),
            "two-layer pairs": lambda view: PairJudge(
                ablations.pair_scores(pairs, wardrobe.vectors[:, view], wardrobe.categories)
            ),
            "set transformer": lambda view: ablations.SetJudge(
                sets, wardrobe.vectors[:, view], wardrobe.categories
            ),
        }

    def judges(self, train: list[list[int]]) -> dict[str, Callable[[int], Judge]]:
        """The model and its controls."""
        return {MODEL: self.fitted(train)} | self.controls(train)

    def across_folds(
        self, looks, groups: np.ndarray, make, resamples: int, asked: int | None = None
    ) -> dict:
        """Figures by view over folds of these looks, or over the first `asked` of them."""
        exams, tallies = cross_validate(
            self.wardrobe, looks, groups, make, tuple(VIEWS.values()), FOLDS, asked
        )
        return figures(exams, tallies, resamples)

    def on_val(self, resamples: int) -> dict:
        """Figures by view on val, which nothing here has seen."""
        looks = self.wardrobe.looks(("val",))
        exam = set_exam(self.wardrobe, looks, np.arange(len(looks)), seed=0)
        tallies: dict[str, dict[int, Tally]] = {}
        examine(exam, self.judges(self.wardrobe.looks(TRAIN)), tuple(VIEWS.values()), tallies)
        return figures([exam], tallies, resamples)

    def learning_curve(self, looks, groups: np.ndarray, resamples: int) -> dict[str, dict]:
        """Figures by the share of the training looks of each fold."""
        fold = folds_of(groups, FOLDS)
        rng = np.random.default_rng(1)
        order = rng.permutation(len(looks))
        result = {}
        for share in SHARES[:-1]:
            exams: list[Exam] = []
            tallies: dict[str, dict[int, Tally]] = {}
            for number in range(FOLDS):
                train = [i for i in order if fold[i] != number]
                train = [looks[i] for i in train[: round(share * len(train))]]
                mine = np.flatnonzero(fold == number)
                exam = set_exam(self.wardrobe, [looks[i] for i in mine], groups[mine], number)
                examine(exam, {MODEL: self.fitted(train)}, tuple(VIEWS.values()), tallies)
                exams.append(exam)
            result[str(share)] = figures(exams, tallies, resamples)
            log.info("%.3f of the looks: %s", share, result[str(share)])
        return result


def figures(exams: list[Exam], tallies: dict[str, dict[int, Tally]], resamples: int) -> dict:
    """{view: {figure: {judge: [value, low, high]}}}, and the model's lead over each control."""
    result: dict = {}
    for name, view in VIEWS.items():
        found = estimate(exams, tallies, view, resamples)
        result[name] = {
            figure: {judge: _triple(boot.estimate(judge)) for judge in boot.values}
            for figure, boot in found.items()
        }
        if MODEL in tallies and len(tallies) > 1:
            result[name]["lead"] = {
                figure: {j: _triple(boot.difference(MODEL, j)) for j in boot.values if j != MODEL}
                for figure, boot in found.items()
            }
    return result


def _triple(found) -> list[float]:
    return [round(v, 4) for v in (found.value, found.low, found.high)]


def best_control(view: dict, figure: str) -> str:
    """The control with the highest figure."""
    return max(CONTROLS, key=lambda name: view[figure][name][0])


def table(found: dict, figures=("FITB", "AUC", "R@10", "R@30")) -> str:
    """One view's figures in Markdown."""
    lines = ["| judge | " + " | ".join(figures) + " |", "|---|" + "--:|" * len(figures)]
    for judge in found[figures[0]]:
        cells = [
            f"{number(value)} [{number(low)}, {number(high)}]"
            for value, low, high in (found[figure][judge] for figure in figures)
        ]
        lines.append(f"| {judge} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def number(value: float) -> str:
    """Three places without the leading zero."""
    return f"{value:.3f}".replace("0.", ".", 1)
