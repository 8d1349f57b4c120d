"""Do people who mark the same contacts blind come to mark alike? Agreement pooled over sessions, and its way from one to the next.

On the score of the contact, and on each question by what its answers are: names, steps or figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from floorwalker.insight.calibrating import LEVELS, POINTS, Sheet
from floorwalker.insight.marking import Answer, Answers, is_answered, mark
from floorwalker.insight.questionnaire import Question, QuestionKind
from floorwalker.stats.agreement import Agreement, ClassCorrelation, Level, agree, class_correlation, cohen_kappa
from floorwalker.stats.cells import Array

# What one session shows is mostly chance (20 contacts leave a standard deviation of .09): nothing is judged by fewer.
LEAST_SESSIONS, LEAST_CONTACTS = 3, 10
# That a question does not apply is an answer of its own beside names, and none on a scale.
APART = -1.0


@dataclass(frozen=True)
class Alike:
    """How far people agree, over some sessions. correlation: on the contacts that the same `people` all marked, as many as
    `block`; kappa: of two people, on a question whose answers are names.
    """

    sessions: int
    agreement: Agreement
    correlation: ClassCorrelation
    block: int
    people: int
    kappa: float | None = None

    @property
    def is_told(self) -> bool:
        """Whether enough was marked together to judge by it."""
        return self.is_enough and bool(np.isfinite(self.agreement.low))

    @property
    def is_enough(self) -> bool:
        """Whether there are as many sessions and contacts as that takes."""
        return self.sessions >= LEAST_SESSIONS and self.agreement.contacts >= LEAST_CONTACTS

    @property
    def never_differed(self) -> bool:
        """Whether everybody gave the same everywhere, from which alpha cannot be worked out."""
        return self.agreement.contacts > 0 and not np.isfinite(self.agreement.alpha)


def alike_in_scores(sheets: Sequence[Sheet]) -> Alike:
    """Agreement on the score of a contact."""

    def score(sheet: Sheet, answers: Answers) -> float:
        found = mark(sheet.form, answers).contact.before_fatal
        return np.nan if found is None else POINTS * found

    return _alike(sheets, score, Level.INTERVAL)


def alike_in_question(sheets: Sequence[Sheet], code: str) -> Alike:
    """Agreement on one question, whose code stays the same over the versions of a form; as the latest version asks it."""
    asking = [sheet for sheet in sheets if sheet.form.question(code) is not None]
    latest = asking[-1].form.question(code) if asking else None
    level = LEVELS[latest.kind] if latest is not None else Level.NOMINAL

    def number(sheet: Sheet, answers: Answers) -> float:
        question = sheet.form.question(code)
        answer = answers.get(code)
        if question is None or LEVELS.get(question.kind) is not level or not is_answered(question, answer):
            return np.nan
        assert answer is not None
        return _number(question, answer, level)

    return _alike(asking, number, level)


def _number(question: Question, answer: Answer, level: Level) -> float:
    if answer.not_applicable:
        return APART if level is Level.NOMINAL else np.nan
    if question.kind is QuestionKind.NUMBER:
        return np.nan if answer.number is None else answer.number
    return float([one.code for one in question.choices].index(answer.option))


def _alike(sheets: Sequence[Sheet], number: Callable[[Sheet, Answers], float], level: Level) -> Alike:
    table, sessions = _table(sheets, number)
    block = _whole_block(table)
    correlation = class_correlation(block) if level is not Level.NOMINAL else ClassCorrelation(np.nan, np.nan)
    two = level is Level.NOMINAL and block.shape[1] == 2 and table.shape[1] == 2 and len(block) > 0
    kappa = _kappa(block) if two else None
    return Alike(sessions, agree(table, level, seed=len(table)), correlation, len(block), block.shape[1], kappa)


def _table(sheets: Sequence[Sheet], number: Callable[[Sheet, Answers], float]) -> tuple[Array, int]:
    """What each gave on contacts that two or more marked: (contacts, people), nan where one did not; and of how many sessions."""
    people = sorted({person for sheet in sheets for given in sheet.given.values() for person in given})
    rows, sessions = [], 0
    for sheet in sheets:
        found = []
        for contact in sheet.given:
            asked = sheet.asked[contact]
            row = [number(sheet, asked[person]) if person in asked else np.nan for person in people]
            if np.isfinite(row).sum() > 1:
                found.append(row)
        rows += found
        sessions += bool(found)
    return np.array(rows, dtype=float).reshape(len(rows), len(people)), sessions


def _whole_block(table: Array) -> Array:
    """The largest part without gaps: the people who marked most, and the contacts that all of them marked."""
    known = np.isfinite(table)
    order = np.argsort(-known.sum(axis=0), kind="stable")
    best = table[:0, :2]
    for many in range(2, table.shape[1] + 1):
        some = order[:many]
        rows = known[:, some].all(axis=1)
        if rows.sum() * many > best.size:
            best = table[rows][:, some]
    return best


def _kappa(block: Array) -> float:
    values, place = np.unique(block, return_inverse=True)
    first, second = place.reshape(block.shape).T
    table = np.zeros((len(values), len(values)))
    np.add.at(table, (first, second), 1.0)
    return cohen_kappa(table)


@dataclass(frozen=True)
class Passed:
    """One session in a row of them. same: the share of pairs of answers that were the same; apart: points between two scores
    of a contact, on the mean; alike: agreement on scores, pooled over it and the two sessions before.
    """

    same: float | None
    apart: float | None
    alike: Alike


def pass_of(sheets: Sequence[Sheet]) -> Passed:
    """The last of these sessions, and what is pooled over all of them."""
    return Passed(*_in_one(sheets[-1]), alike_in_scores(sheets))


def _in_one(sheet: Sheet) -> tuple[float | None, float | None]:
    compared = sheet.compared
    pairs, differ = sum(one.pairs for one in compared), sum(one.differ for one in compared)
    apart = [
        POINTS * abs(one - other) for contact in sheet.given for one, other in combinations(_scores(sheet, contact), 2)
    ]
    return (1 - differ / pairs if pairs else None), (float(np.mean(apart)) if apart else None)


def _scores(sheet: Sheet, contact: int) -> list[float]:
    found = (mark(sheet.form, answers).contact.before_fatal for answers in sheet.given[contact].values())
    return [one for one in found if one is not None]
