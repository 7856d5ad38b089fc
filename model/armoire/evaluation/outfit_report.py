"""Figures of several scorers on one part, with paired intervals, as JSON and as tables."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial

import numpy as np

from armoire.data.polyvore.outfit_data import OutfitData, Part
from armoire.evaluation.bootstrap import Bootstrap, Estimate, bootstrap, holm, weighted_mean
from armoire.evaluation.outfit_metrics import fitb_credit, roc_auc
from armoire.evaluation.outfit_protocol import (
    Tasks,
    line_pairs,
    rank_galleries,
    score_lines,
    score_questions,
)
from armoire.evaluation.outfit_scorers import CategoryScorer, PairScorer, PopularityScorer

RANKS = (10, 30, 50)
# Above this AUC the popularity of items gives the labels away.
POPULARITY_ALARM = 0.55


def measure(scorers: Mapping[str, PairScorer], tasks: Tasks, resamples: int, seed: int) -> dict:
    """FITB, AUC and recall@k by scorer, and the last scorer's gain over each of the others.

    Clusters are outfits: a question's own, and each line by itself. The p values of all gains are
    corrected together (Holm).
    """
    draws: dict[str, Bootstrap] = {}
    if tasks.questions:
        answers = np.array([q.right for q in tasks.questions])
        credit = {n: fitb_credit(score_questions(s, tasks), answers) for n, s in scorers.items()}
        figures = {name: partial(weighted_mean, values) for name, values in credit.items()}
        clusters = np.array([q.outfit for q in tasks.questions])
        draws["FITB"] = bootstrap(figures, clusters, resamples, seed)
    labels = np.array([line.label for line in tasks.lines])
    if 0 < labels.sum() < len(labels):
        figures = {n: partial(roc_auc, score_lines(s, tasks), labels) for n, s in scorers.items()}
        draws["AUC"] = bootstrap(figures, np.arange(len(labels)), resamples, seed)
    if tasks.retrieval:
        ranks = {name: rank_galleries(scorer, tasks) for name, scorer in scorers.items()}
        clusters = np.array([q.outfit for q in tasks.retrieval])
        for k in RANKS:
            figures = {n: partial(weighted_mean, r.recall_credit(k)) for n, r in ranks.items()}
            draws[f"R@{k}"] = bootstrap(figures, clusters, resamples, seed)
    return {"figures": _figures(draws), "gains": _gains(draws)}


def _figures(draws: dict[str, Bootstrap]) -> dict:
    return {
        measure: {name: _values(found.estimate(name)) for name in found.values}
        for measure, found in draws.items()
    }


def _gains(draws: dict[str, Bootstrap]) -> dict:
    """The last scorer's differences to the others, with p values corrected over all of them."""
    gains = {}
    for measure, found in draws.items():
        *others, last = found.values
        gains[measure] = {name: _values(found.difference(last, name)) for name in others}
    family = {f"{m} {name}": row["p"] for m, rows in gains.items() for name, row in rows.items()}
    adjusted = holm(family)
    for measure, rows in gains.items():
        for name, row in rows.items():
            row["holm"] = round(adjusted[f"{measure} {name}"], 4)
    return gains


def _values(estimate: Estimate) -> dict:
    return {k: round(v, 4) for k, v in asdict(estimate).items() if v is not None}


def leak_alarms(data: OutfitData, name: str, tasks: Tasks, resamples: int, seed: int) -> dict:
    """Scores that must be at chance if the negatives were drawn well, and which are not.

    Category pairs, learnt on train, must read FITB 1/K and AUC .5, since distractors share the
    answer's category. So must popularity, here the number of the part's own outfits that an item
    is in, by edge (pair) and by outfit. An alarm needs an interval that leaves chance out.
    """
    outfits = [[data.items[i].category for i in o.items] for o in data.parts["train"].outfits]
    pairs = CategoryScorer([item.category for item in tasks.items], outfits)
    found = measure({"category pairs": pairs}, tasks, resamples, seed)["figures"]
    alarms, figures = [], {}
    chance = float(np.mean([1 / len(q.answers) for q in tasks.questions] or [0.25]))
    for kind, expected in (("FITB", chance), ("AUC", 0.5)):
        if kind in found:
            figures[f"category pairs, {kind}"] = row = found[kind]["category pairs"]
            # Figures are rounded to four digits.
            if row["low"] > expected + 1e-4 or row["high"] < expected - 1e-4:
                alarms.append(f"category pairs read {kind} {row['value']:.3f}, not {expected:.3f}")
    for kind, row in _popularity(data.parts[name], tasks, resamples, seed).items():
        figures[f"popularity by {kind}, AUC"] = row
        if row["low"] > 0.5 and row["value"] > POPULARITY_ALARM:
            alarms.append(f"popularity by {kind} reads AUC {row['value']:.3f}")
    return {"figures": figures, "alarms": alarms}


def _popularity(part: Part, tasks: Tasks, resamples: int, seed: int) -> dict:
    labels = np.array([line.label for line in tasks.lines])
    if not 0 < labels.sum() < len(labels):
        return {}
    scorer = PopularityScorer(item_counts(part, tasks))
    first, second, line = line_pairs(tasks)
    by_edge = partial(roc_auc, scorer.pairs(first, second), labels[line])
    by_outfit = partial(roc_auc, score_lines(scorer, tasks), labels)
    edge = bootstrap({"": by_edge}, line, resamples, seed)
    outfit = bootstrap({"": by_outfit}, np.arange(len(labels)), resamples, seed)
    return {"edge": _values(edge.estimate("")), "outfit": _values(outfit.estimate(""))}


def item_counts(part: Part, tasks: Tasks) -> np.ndarray:
    """How many outfits of a part each row's item is in [N]."""
    counts = Counter(item for outfit in part.outfits for item in set(outfit.items))
    return np.array([counts[item.id] for item in tasks.items])


def figure_table(result: dict) -> str:
    """Scorers by measure in Markdown, FITB and recall in per cent, 95 % intervals in brackets."""
    figures = result["figures"]
    lines = ["| | " + " | ".join(figures) + " |", "|---|" + "--:|" * len(figures)]
    for name in next(iter(figures.values()), {}):
        cells = [_cell(measure, rows[name]) for measure, rows in figures.items()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def gain_table(result: dict) -> str:
    """The last scorer's gains in Markdown, with p values after Holm."""
    gains = {measure: rows for measure, rows in result["gains"].items() if rows}
    lines = ["| gain over | " + " | ".join(gains) + " |", "|---|" + "--:|" * len(gains)]
    for name in next(iter(gains.values()), {}):
        cells = [f"{_cell(m, rows[name])} p {rows[name]['holm']:.3f}" for m, rows in gains.items()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(measure: str, row: dict) -> str:
    scale, digits = (1, 3) if measure == "AUC" else (100, 1)
    value, low, high = (f"{scale * row[k]:.{digits}f}" for k in ("value", "low", "high"))
    return f"{value} [{low}, {high}]"
