"""Cross-validation: do judges fill blanks, tell whole outfits from broken ones, and retrieve?"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from armoire.evaluation.bootstrap import Bootstrap, bootstrap
from armoire.evaluation.outfit_metrics import fitb_credit, rank_answers, roc_auc
from armoire.outfits.judges import Judge
from armoire.outfits.questions import (
    Outfits,
    Questions,
    by_category,
    fill_in_the_blank,
    whole_and_broken,
)
from armoire.outfits.wardrobe import Wardrobe

log = logging.getLogger(__name__)
FOLDS = 5
DRAWS = 5
RECALL_AT = (10, 30)
# Train looks → judges by name, each for any view of the wardrobe.
MakeJudges = Callable[[list[list[int]]], dict[str, Callable[[int], Judge]]]


@dataclass
class Tally:
    """What one judge earned, fold by fold. Rows are in the order of the questions."""

    credit: list[np.ndarray] = field(default_factory=list)
    outfit_scores: list[np.ndarray] = field(default_factory=list)
    recall: list[dict[int, np.ndarray]] = field(default_factory=list)


@dataclass
class Exam:
    """One fold's questions; `retrieve` are (context rows, gallery rows, the answer's place)."""

    blanks: Questions
    outfits: Outfits
    retrieve: list[tuple[np.ndarray, np.ndarray, int]]
    retrieve_clusters: np.ndarray


def set_exam(wardrobe: Wardrobe, looks: list[list[int]], groups: np.ndarray, seed: int) -> Exam:
    """Questions over the looks; `groups` [L] are their clusters."""
    blanks = fill_in_the_blank(wardrobe, looks, DRAWS, seed)
    outfits = whole_and_broken(wardrobe, looks, DRAWS, seed)
    pools = by_category(wardrobe, looks)
    retrieve, clusters = [], []
    for look, group in zip(looks, groups, strict=True):
        for row in look:
            gallery = np.setdiff1d(pools[wardrobe.categories[row]], [r for r in look if r != row])
            place = int(np.flatnonzero(gallery == row)[0])
            retrieve.append((np.array([r for r in look if r != row]), gallery, place))
            clusters.append(group)
    blanks.clusters, outfits.clusters = groups[blanks.clusters], groups[outfits.clusters]
    return Exam(blanks, outfits, retrieve, np.array(clusters))


def sit(exam: Exam, judge: Judge, tally: Tally) -> None:
    """Adds what a judge earns in an exam."""
    blanks = exam.blanks
    scores = np.array(
        [judge.fill(c, k) for c, k in zip(blanks.context, blanks.choices, strict=True)]
    )
    # Ties are ties, whatever the order of a sum.
    tally.credit.append(fitb_credit(np.round(scores, 6), np.zeros(len(scores), int)))
    tally.outfit_scores.append(np.round(judge.whole(exam.outfits.rows), 6))
    ranks = [
        rank_answers(np.round(judge.fill(context, gallery), 6)[None], np.array([place]))
        for context, gallery, place in exam.retrieve
    ]
    tally.recall.append({k: np.concatenate([r.recall_credit(k) for r in ranks]) for k in RECALL_AT})


def folds_of(groups: np.ndarray, count: int, seed: int = 1) -> np.ndarray:
    """A fold for each look [L]; looks of a group are in one."""
    names, member = np.unique(groups, return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(names))
    return (order % count)[member]


def cross_validate(
    wardrobe: Wardrobe,
    looks: list[list[int]],
    groups: np.ndarray,
    make: MakeJudges,
    views: tuple[int, ...],
    folds: int = FOLDS,
    asked: int | None = None,
) -> tuple[list[Exam], dict[str, dict[int, Tally]]]:
    """Exams by fold, and tallies by judge and view; judges are made without the fold's looks.

    `asked` limits how many of the folds are asked about.
    """
    fold = folds_of(groups, folds)
    exams: list[Exam] = []
    tallies: dict[str, dict[int, Tally]] = {}
    for number in range(folds if asked is None else asked):
        mine = np.flatnonzero(fold == number)
        train = [looks[i] for i in np.flatnonzero(fold != number)]
        exams.append(set_exam(wardrobe, [looks[i] for i in mine], groups[mine], seed=number))
        examine(exams[-1], make(train), views, tallies)
        log.info("fold %d of %d", number + 1, folds)
    return exams, tallies


def examine(
    exam: Exam,
    judges: dict[str, Callable[[int], Judge]],
    views: tuple[int, ...],
    tallies: dict[str, dict[int, Tally]],
) -> None:
    """One exam for all judges in all views."""
    for name, seen in judges.items():
        for view in views:
            sit(exam, seen(view), tallies.setdefault(name, {}).setdefault(view, Tally()))


def estimate(
    exams: list[Exam], tallies: dict[str, dict[int, Tally]], view: int, resamples: int
) -> dict[str, Bootstrap]:
    """Paired cluster bootstraps of each figure, with a statistic for each judge."""
    result = {}
    judges = {name: by_view[view] for name, by_view in tallies.items()}
    asked = np.concatenate([e.blanks.clusters for e in exams])
    result["FITB"] = _of_means(
        {n: np.concatenate(t.credit) for n, t in judges.items()}, asked, resamples
    )
    asked = np.concatenate([e.retrieve_clusters for e in exams])
    for k in RECALL_AT:
        credits = {n: np.concatenate([r[k] for r in t.recall]) for n, t in judges.items()}
        result[f"R@{k}"] = _of_means(credits, asked, resamples)
    result["AUC"] = _of_auc(exams, judges, resamples)
    return result


def _of_means(credits: dict[str, np.ndarray], clusters: np.ndarray, resamples: int) -> Bootstrap:
    """Means over questions. Those of a cluster are summed first: the same, and quick."""
    names, member = np.unique(clusters, return_inverse=True)
    count = np.bincount(member).astype(float)

    def mean(total: np.ndarray):
        return lambda weights: weights @ total / (weights @ count)

    statistics = {n: mean(np.bincount(member, weights=c)) for n, c in credits.items()}
    return bootstrap(statistics, names, resamples)


def _of_auc(exams: list[Exam], judges: dict[str, Tally], resamples: int) -> Bootstrap:
    """ROC-AUC pooled over a fold's outfits, averaged over the folds: their models differ."""
    clusters = np.concatenate([e.outfits.clusters for e in exams])
    ends = np.cumsum([len(e.outfits.labels) for e in exams])
    starts = ends - [len(e.outfits.labels) for e in exams]

    def auc(tally: Tally):
        def statistic(weights: np.ndarray) -> np.ndarray:
            parts = [
                roc_auc(scores, exam.outfits.labels, weights[:, start:end])
                for scores, exam, start, end in zip(
                    tally.outfit_scores, exams, starts, ends, strict=True
                )
            ]
            return np.mean(parts, 0)

        return statistic

    return bootstrap({name: auc(tally) for name, tally in judges.items()}, clusters, resamples)
