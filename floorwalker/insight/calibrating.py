"""Where did people who marked the same contacts blind differ? By question, and by person against what was agreed.

Scores are those of the contact before the fatal rule, where a cause lies left aside: a nought for one fatal miss would
drown everything else, and whose fault it was is another question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from floorwalker.insight.marking import Answer, Answers, find_asked, is_answered, judge, mark
from floorwalker.insight.questionnaire import Form, Question, QuestionKind
from floorwalker.stats.agreement import Level
from floorwalker.stats.intervals import t_interval
from floorwalker.stats.summaries import Mean

POINTS = 100.0
# Against what was agreed a person is told from so many contacts on.
LEAST_AGREED = 5
LEVELS: Mapping[QuestionKind, Level] = {
    QuestionKind.YES_NO: Level.NOMINAL,
    QuestionKind.CHOICE: Level.NOMINAL,
    QuestionKind.SCALE: Level.ORDINAL,
    QuestionKind.NUMBER: Level.INTERVAL,
}


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
