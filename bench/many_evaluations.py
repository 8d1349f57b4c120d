"""Who evaluates in a large centre, and what has been evaluated there? Evaluators, a form and evaluations for a home that has facts.

`python -m bench.many_evaluations` fills the home of FLOORWALKER_HOME (in the database of FLOORWALKER_DATABASE_URL) and prints
as JSON who may come in: a session, and the evaluation that she has begun. What was evaluated before is written straight into
the tables, since nobody waits for a hundred thousand acts; its marks, and which of them are misses, are worked out by the product,
and each miss has what a miss must have: a cause from the centre's list, and a comment.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from floorwalker.cli.opening import open_home
from floorwalker.insight.questionnaire import Form, Question, QuestionKind, Section

if TYPE_CHECKING:
    from floorwalker.apps.evaluations.models import Evaluation, FormVersion, Marking, Miss
    from floorwalker.apps.people.models import Agent, User
    from floorwalker.apps.standards.models import RootCause
    from floorwalker.insight.parts import Part

SECTIONS, QUESTIONS_EACH = 4, 5
CODES = tuple(f"q{section}{number}" for section in range(SECTIONS) for number in range(QUESTIONS_EACH))
# How often something is missed, and how many of the evaluations are released, in the year before the last day of the facts.
MISSED, RELEASED, DAYS = 0.15, 0.97, 365
# Where the causes of misses lie, by kind: mostly the agent's own, the rest the centre's to mend.
CAUSES = {"agent": 0.62, "process": 0.12, "system": 0.1, "information": 0.08, "policy": 0.05, "customer": 0.03}
# What is written beside a miss: a line or two, as somebody types it who goes on listening.
COMMENTS = (
    "Not said.",
    "Asked only after the customer came back to it, and then in passing.",
    "The page with the tariff did not open, so that she answered from memory and had to correct herself.",
    "Said late in the call, when the customer had already asked twice; what came then was right and was friendly.",
)
BATCH = 2_000
SEED = 20261126


def main() -> None:
    """Fill the home, and say who may come in."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.many_evaluations", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--evaluators", type=int, default=200)
    parser.add_argument("--evaluations", type=int, default=100_000)
    asked = parser.parse_args()
    home = open_home()
    # Only now: nothing of Django can be read before the home is open.
    from floorwalker.apps.evaluations.contacts import parts_of
    from floorwalker.apps.people.models import Agent

    parts = [(agent, parts_of(agent, None)[0]) for agent in Agent.objects.on_the_floor()]
    heard = [(agent, part) for agent, found in parts for part in found]
    if not heard:
        raise SystemExit(f"{sys.argv[0]}: {home.config.home} holds no contact: fill it with `floorwalker demo`")
    users = _evaluators(asked.evaluators)
    version = _form(users[0])
    _evaluated_before(users, version, heard, asked.evaluations)
    print(json.dumps([_at_work(user, version, heard[n % len(heard)]) for n, user in enumerate(users)]))


def _evaluators(count: int) -> list[User]:
    """So many quality analysts of the whole centre."""
    from django.utils import timezone

    from floorwalker.apps.people.actions import add_user
    from floorwalker.apps.people.models import Role, User

    for number in range(1, count + 1):
        if not User.objects.filter(username=f"evaluator-{number}").exists():
            add_user(f"evaluator-{number}", Role.QUALITY_ANALYST, by="bench", at=timezone.now())
    return list(User.objects.filter(username__startswith="evaluator-").order_by("pk")[:count])


def _form(user: User) -> FormVersion:
    """A published form of twenty questions."""
    from django.utils import timezone

    from floorwalker.apps.evaluations import building
    from floorwalker.apps.evaluations.models import EvaluationForm

    found = EvaluationForm.objects.in_use().filter(name="Twenty questions").first()
    if found is None:
        now = timezone.now()
        found = building.begin_form("Twenty questions", "", 14, by=user, at=now)
        for section in range(SECTIONS):
            code = f"s{section}"
            building.change_draft(found, partial(_section, code), by=user, at=now)
            for number in range(QUESTIONS_EACH):
                asks = Question(f"q{section}{number}", f"Was thing {section}.{number} done?", QuestionKind.YES_NO)
                building.change_draft(found, partial(_question, asks, code), by=user, at=now)
        building.publish_version(found, "", by=user, at=now)
    version = found.published
    assert version is not None
    return version


def _section(code: str, form: Form, _new: str) -> Form:
    from floorwalker.apps.evaluations import editing

    return editing.with_section(form, Section(code, f"Part {code}", ()))


def _question(asks: Question, section: str, form: Form, _new: str) -> Form:
    from floorwalker.apps.evaluations import editing

    return editing.with_question(form, asks, section=section)


def _evaluated_before(users: list[User], version: FormVersion, heard: list[tuple[Agent, Part]], count: int) -> None:
    """So many official evaluations, most of them released, spread over a year."""
    from floorwalker.apps.evaluations.models import Evaluation, Marking, Miss

    missing = count - Evaluation.objects.filter(version=version, submitted_at__isnull=False).count()
    drawn = np.random.default_rng(SEED)
    causes = _causes()
    made = (_made(users, version, heard, n, causes, drawn) for n in range(missing))
    while some := list(islice(made, BATCH)):
        kept = Evaluation.objects.bulk_create([evaluation for evaluation, _marking, _misses in some])
        for evaluation, (_same, marking, _misses) in zip(kept, some, strict=True):
            marking.evaluation = evaluation
        marked = Marking.objects.bulk_create([marking for _evaluation, marking, _misses in some])
        for evaluation, marking, (_same, _before, misses) in zip(kept, marked, some, strict=True):
            evaluation.stands, evaluation.submitted_at = marking, marking.submitted_at
            evaluation.released_at = _released(evaluation, drawn)
            for miss in misses:
                miss.marking = marking
        Miss.objects.bulk_create([miss for _evaluation, _marking, misses in some for miss in misses])
        Evaluation.objects.bulk_update(kept, ["stands", "submitted_at", "released_at"])


def _causes() -> list[RootCause]:
    """One cause of each kind, in the order of `CAUSES`."""
    from floorwalker.apps.standards.models import RootCause

    found = {cause.kind: cause for cause in RootCause.objects.order_by("-pk")}
    return [found[kind] for kind in CAUSES]


def _made(
    users: list[User],
    version: FormVersion,
    heard: list[tuple[Agent, Part]],
    n: int,
    causes: list[RootCause],
    drawn: np.random.Generator,
) -> tuple[Evaluation, Marking, list[Miss]]:
    """The evaluation of some contact of the year, its marks and its misses; nothing is saved."""
    from floorwalker.apps.evaluations.models import Picked, Purpose

    agent, part = heard[n % len(heard)]
    at = part.entered_at - timedelta(minutes=float(drawn.uniform(0, DAYS * 1440)))
    keys = drawn.bytes(16), drawn.bytes(16)
    evaluation = _of(users[int(drawn.integers(len(users)))], version, agent, part, Purpose.OFFICIAL, at, keys)
    evaluation.picked = Picked.RANDOM
    return evaluation, *_marked(evaluation, _answers(causes, drawn))


def _answers(causes: list[RootCause], drawn: np.random.Generator) -> dict[str, dict[str, Any]]:
    """What a marking keeps of every answer; of a miss also why, and what was heard."""
    answers: dict[str, dict[str, Any]] = {}
    for code, missed in zip(CODES, drawn.random(len(CODES)) < MISSED, strict=True):
        answers[code] = {"option": "yes"}
        if missed:
            cause = causes[int(drawn.choice(len(causes), p=list(CAUSES.values())))]
            comment = COMMENTS[int(drawn.integers(len(COMMENTS)))]
            answers[code] = {"option": "no", "comment": comment, "cause": cause.pk, "outside": not cause.is_the_agents}
    return answers


def _marked(evaluation: Evaluation, answers: dict[str, dict[str, Any]]) -> tuple[Marking, list[Miss]]:
    """The marks of these answers and their misses, as the product works them out."""
    from floorwalker.apps.evaluations.models import Marking, Miss
    from floorwalker.apps.evaluations.models.markings import read_answers
    from floorwalker.insight.marking import mark

    score = mark(evaluation.version.asks, read_answers(answers))
    marking = Marking(number=1, by=evaluation.evaluator, answers=answers, begun_at=evaluation.begun_at)
    marking.submitted_at = evaluation.begun_at + timedelta(minutes=12)
    marking.keep_score(score)
    misses = [
        Miss(
            question=code,
            cause_id=answers[code]["cause"],
            outside=code in score.outside,
            comment=answers[code]["comment"],
        )
        for code in score.misses
    ]
    return marking, misses


def _of(
    user: User, version: FormVersion, agent: Agent, part: Part, purpose: str, at: datetime, keys: tuple[bytes, bytes]
) -> Evaluation:
    from floorwalker.apps.evaluations.models import Evaluation

    return Evaluation(
        purpose=purpose,
        version=version,
        agent=agent,
        evaluator=user,
        contact_key=keys[0],
        segment_key=keys[1],
        identity_key=part.identity_key,
        site_key=part.site_key,
        queue_key=part.queue_key,
        channel=part.channel,
        reason=part.reason,
        contact_at=at,
        begun_at=at + timedelta(days=2),
    )


def _released(evaluation: Evaluation, drawn: np.random.Generator) -> datetime | None:
    assert evaluation.submitted_at is not None
    return evaluation.submitted_at + timedelta(hours=3) if drawn.random() < RELEASED else None


def _at_work(user: User, version: FormVersion, heard: tuple[Agent, Part]) -> dict[str, str | int]:
    """A session of somebody who has logged in, and the evaluation that she has open."""
    from django.test import Client
    from django.utils import timezone

    from floorwalker.apps.evaluations.beginning import begin_evaluation
    from floorwalker.apps.evaluations.models import Purpose

    agent, part = heard
    evaluation = begin_evaluation(part, agent, version, Purpose.OFFICIAL, by=user, at=timezone.now())
    client = Client()
    client.force_login(user)
    marking = evaluation.open_marking
    assert marking is not None
    return {"session": client.cookies["sessionid"].value, "evaluation": evaluation.pk, "saves": marking.saves}


if __name__ == "__main__":
    main()
