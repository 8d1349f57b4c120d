"""Do people who marked the same contacts blind mark alike? By question, by person against what was agreed, and over sessions.

Scores are those of the contact before the fatal rule, where a cause lies left aside: a nought for one fatal miss would
drown everything else, and whose fault it was is another question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from floorwalker.insight.marking import Answer, Answers, find_asked, is_answered, judge, mark
from floorwalker.insight.questionnaire import Form, Question, QuestionKind
from floorwalker.stats.agreement import Agreement, ClassCorrelation, Level, agree, class_correlation, cohen_kappa
from floorwalker.stats.cells import Array
from floorwalker.stats.intervals import t_interval
from floorwalker.stats.summaries import Mean

POINTS = 100.0
# What one session shows is mostly chance (20 contacts leave a standard deviation of .09): nothing is judged by fewer.
LEAST_SESSIONS, LEAST_CONTACTS = 3, 10
# Against what was agreed a person is told from so many contacts on.
LEAST_AGREED = 5
LEVELS: Mapping[QuestionKind, Level] = {
    QuestionKind.YES_NO: Level.NOMINAL,
    QuestionKind.CHOICE: Level.NOMINAL,
    QuestionKind.SCALE: Level.ORDINAL,
    QuestionKind.NUMBER: Level.INTERVAL,
}
# That a question does not apply is an answer of its own beside names, and none on a scale.
APART = -1.0


@dataclass(frozen=True)
class Sheet:
    """One session: by contact and by person what was handed in, and by contact what was agreed; people by any number."""

    form: Form
    given: Mapping[int, Mapping[int, Answers]]
    agreed: Mapping[int, Answers]

    @cached_property
    def asked(self) -> dict[int, dict[int, Answers]]:
        """By contact and person the answers, without those to which no answer of hers leads."""
        return {
            contact: {
                person: {one.code: answers[one.code] for one in find_asked(self.form, answers) if one.code in answers}
                for person, answers in by_person.items()
            }
            for contact, by_person in self.given.items()
        }

    @cached_property
    def compared(self) -> list[Compared]:
        """Every question that is answered by choosing or counting, the most argued first."""
        found = [
            _compared(question, number, self.asked)
            for number, question in enumerate(self.form.questions, start=1)
            if question.kind in LEVELS
        ]
        return sorted(found, key=lambda one: (-(one.apart or 0.0), -one.distance, one.number))

    @cached_property
    def settled(self) -> dict[int, dict[str, Answer]]:
        """By contact the answers that stand: what was agreed, else what everybody gave anyway."""
        found: dict[int, dict[str, Answer]] = {contact: {} for contact in self.given}
        for compared in self.compared:
            for contact, answer in compared.unanimous.items():
                found[contact][compared.question.code] = answer
        return {contact: answers | dict(self.agreed.get(contact, {})) for contact, answers in found.items()}


@dataclass(frozen=True)
class Compared:
    """One question: how many pairs of answers there are, how many of them differ, and how far, as a share of its points.

    unanimous: by contact the answer that everybody gave, where two or more did.
    """

    question: Question
    number: int
    pairs: int
    differ: int
    distance: float
    unanimous: Mapping[int, Answer]

    @property
    def apart(self) -> float | None:
        """The share of pairs that differ; None where nobody can be compared."""
        return self.differ / self.pairs if self.pairs else None


def _compared(question: Question, number: int, asked: Mapping[int, Mapping[int, Answers]]) -> Compared:
    pairs = differ = 0
    distances, unanimous = [], {}
    for contact, by_person in asked.items():
        given = [a[question.code] for a in by_person.values() if is_answered(question, a.get(question.code))]
        for one, other in combinations(given, 2):
            pairs += 1
            differ += not is_same(question, one, other)
            judged = judge(question, one), judge(question, other)
            if judged[0] is not None and judged[1] is not None:
                distances.append(abs(judged[0].share - judged[1].share))
        if len(given) > 1 and all(is_same(question, given[0], one) for one in given[1:]):
            unanimous[contact] = given[0]
    return Compared(question, number, pairs, differ, float(np.mean(distances)) if distances else 0.0, unanimous)


def is_same(question: Question, one: Answer, other: Answer) -> bool:
    """Whether two people gave the same answer, whatever they found the cause of a miss to be."""
    return _value(question, one) == _value(question, other)


def _value(question: Question, answer: Answer) -> tuple[bool, str, float | None]:
    if answer.not_applicable:
        return True, "", None
    return False, answer.option, answer.number if question.kind is QuestionKind.NUMBER else None


@dataclass(frozen=True)
class Lean:
    """One person against what was agreed. points: how much lower (above nought: harsher) her scores are, on the mean, likely
    between low and high; None where too few contacts tell. harsher, milder, same: answers, of judged questions.
    """

    contacts: int
    points: float | None
    low: float | None
    high: float | None
    harsher: int
    milder: int
    same: int

    @property
    def is_told(self) -> bool:
        """Whether there are enough contacts to say anything of the person."""
        return self.contacts >= LEAST_AGREED and self.low is not None


def lean_of(sheets: Iterable[Sheet]) -> dict[int, Lean]:
    """By person how her marks lie to what was agreed, over all these sessions."""
    apart: dict[int, list[float]] = {}
    sides: dict[int, list[int]] = {}
    for sheet in sheets:
        for contact, answers in sheet.settled.items():
            for person, given in sheet.asked[contact].items():
                apart.setdefault(person, []).extend(_points_below(sheet.form, answers, given))
                sides.setdefault(person, []).extend(_sides(sheet.form, answers, given))
    return {person: _lean(apart[person], sides[person]) for person in apart}


def _points_below(form: Form, agreed: Answers, given: Answers) -> Iterator[float]:
    """By how many points a score lies below that of the agreed answers, once all of these are agreed."""
    right, hers = mark(form, agreed), mark(form, given)
    if right.unanswered or right.contact.before_fatal is None or hers.contact.before_fatal is None:
        return
    yield POINTS * (right.contact.before_fatal - hers.contact.before_fatal)


def _sides(form: Form, agreed: Answers, given: Answers) -> Iterator[int]:
    for question in form.questions:
        right, hers = judge(question, agreed.get(question.code)), judge(question, given.get(question.code))
        if right is not None and hers is not None:
            yield int(np.sign(right.share - hers.share))


def _lean(apart: Sequence[float], sides: Sequence[int]) -> Lean:
    points, low, high = (float(np.mean(apart)) if apart else None), None, None
    if len(apart) >= LEAST_AGREED:
        values = np.asarray(apart)
        found = t_interval(Mean(n=len(values), s1=float(values.sum()), s2=float((values**2).sum())))
        low, high = found.low, found.high
    return Lean(len(apart), points, low, high, sides.count(1), sides.count(-1), sides.count(0))


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


def trend_of(sheets: Sequence[Sheet]) -> list[Passed]:
    """The sessions in their order, each with what is pooled up to it."""
    return [
        Passed(*_in_one(sheet), alike_in_scores(sheets[max(0, number + 1 - LEAST_SESSIONS) : number + 1]))
        for number, sheet in enumerate(sheets)
    ]


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
