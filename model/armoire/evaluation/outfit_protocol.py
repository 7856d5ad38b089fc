"""The field's protocol: fill in the blank, compatibility AUC and recall@k of a pair scorer.

A candidate's score is the sum of its pairs with the question's items; an outfit's score is the mean
over its pairs, one score an outfit, and the AUC is pooled over all lines.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from armoire.data.polyvore.outfit_data import Item, Line, OutfitData, Part, Question
from armoire.evaluation.outfit_metrics import Ranks, rank_answers
from armoire.evaluation.outfit_scorers import PairScorer

# Questions whose galleries are scored at once.
BLOCK = 256


@dataclass
class Tasks:
    """One part's tasks over rows of `items`; galleries are rows by fine category."""

    items: list[Item]
    questions: list[Question]
    lines: list[Line]
    galleries: Mapping[str, Sequence[str]]

    def __post_init__(self) -> None:
        self.row = {item.id: place for place, item in enumerate(self.items)}
        self.category = {item.id: item.category for item in self.items}
        self.gallery_rows = {name: self.rows(ids) for name, ids in self.galleries.items()}
        self.retrieval = [
            q for q in self.questions if self.category[q.answers[q.right]] in self.galleries
        ]

    def rows(self, ids: Sequence[str]) -> np.ndarray:
        """Rows [n] of item ids."""
        return np.array([self.row[item] for item in ids], np.int64)


def make_tasks(
    data: OutfitData, part: Part, galleries: Mapping[str, Sequence[str]], usable: set[str] | None
) -> Tasks:
    """Tasks whose items are all usable (None: every item is).

    Galleries lose items that are not. A gallery's other items stay, so it may be a little smaller.
    """
    fine = data.items.keys() if usable is None else usable
    questions = [q for q in part.questions if fine >= {*q.items, *q.answers}]
    lines = [line for line in part.lines if fine >= set(line.items)]
    kept = {name: [item for item in ids if item in fine] for name, ids in galleries.items()}
    used = {i for q in questions for i in (*q.items, *q.answers)}
    used |= {i for line in lines for i in line.items} | {i for ids in kept.values() for i in ids}
    return Tasks([data.items[item] for item in sorted(used)], questions, lines, kept)


def score_questions(scorer: PairScorer, tasks: Tasks) -> np.ndarray:
    """Scores [Q, K] of each question's candidates; fewer candidates are filled with -inf."""
    width = max((len(q.answers) for q in tasks.questions), default=0)
    scores = np.full((len(tasks.questions), width), -np.inf)
    first, second, cell = [], [], []
    for place, question in enumerate(tasks.questions):
        asked, answers = tasks.rows(question.items), tasks.rows(question.answers)
        first.append(np.tile(asked, len(answers)))
        second.append(np.repeat(answers, len(asked)))
        cell.append(place * width + np.repeat(np.arange(len(answers)), len(asked)))
    if not first:
        return scores
    cells = np.concatenate(cell)
    found = scorer.pairs(np.concatenate(first), np.concatenate(second))
    sums = np.bincount(cells, found, scores.size)
    scores.ravel()[np.unique(cells)] = sums[np.unique(cells)]
    return scores


def score_lines(scorer: PairScorer, tasks: Tasks) -> np.ndarray:
    """Mean score over the pairs of each line [N]."""
    first, second, line = line_pairs(tasks)
    if not len(tasks.lines):
        return np.zeros(0)
    found = scorer.pairs(first, second)
    size = len(tasks.lines)
    return np.bincount(line, found, size) / np.bincount(line, minlength=size)


def line_pairs(tasks: Tasks) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair of every line: rows first [P] and second [P], and the line [P]."""
    parts = [(np.zeros(0, np.int64),) * 3]
    for place, entry in enumerate(tasks.lines):
        rows = tasks.rows(entry.items)
        i, j = np.triu_indices(len(rows), 1)
        parts.append((rows[i], rows[j], np.full(len(i), place)))
    first, second, line = (np.concatenate(column) for column in zip(*parts, strict=True))
    return first, second, line


def rank_galleries(scorer: PairScorer, tasks: Tasks) -> Ranks:
    """Where the answers of the retrieval questions rank in their categories' galleries.

    As in the field's code the question's own items stay in the gallery if they are of its category.
    """
    better = np.zeros(len(tasks.retrieval), np.int64)
    tied = np.zeros(len(tasks.retrieval), np.int64)
    asked: dict[str, list[int]] = defaultdict(list)
    for place, question in enumerate(tasks.retrieval):
        asked[tasks.category[question.answers[question.right]]].append(place)
    for category, places in asked.items():
        gallery = tasks.gallery_rows[category]
        column = {int(row): number for number, row in enumerate(gallery)}
        for start in range(0, len(places), BLOCK):
            block = places[start : start + BLOCK]
            questions = [tasks.retrieval[place] for place in block]
            scores = scorer.against([tasks.rows(q.items) for q in questions], gallery)
            answers = [column[tasks.row[q.answers[q.right]]] for q in questions]
            ranks = rank_answers(scores, np.array(answers))
            better[block], tied[block] = ranks.better, ranks.tied
    return Ranks(better, tied)
