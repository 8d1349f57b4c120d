"""What do the demo's customers say of it? A survey after contacts, asked of those whom chance drew, and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from floorwalker.apps.people.models import User
from floorwalker.apps.surveys.answering import answer_survey
from floorwalker.apps.surveys.deciding import decide_waiting
from floorwalker.apps.surveys.instruments import draft_survey, publish_survey
from floorwalker.apps.surveys.inviting import Invitable, receive_contacts
from floorwalker.apps.surveys.models import Fate, Invitation, Question, QuestionKind, Survey
from floorwalker.apps.surveys.planning import Rule, make_plan
from floorwalker.apps.surveys.sending import take_links
from floorwalker.facts.lake import Lake
from floorwalker.jobs.demo_contacts import ORIGIN, SOURCE, handled_between, named_contacts

ASKED = ("csat_contact", "ces_ease", "resolved_now", "text_open")
HANDED_IN, SHARE, ANSWERS = 80, 0.5, 0.45
SEED = 7
A_DAY = timedelta(days=1)
NOON = time(12)
GOOD = (
    "She said my name back to me and knew what I had written before.",
    "Quick, and I did not have to explain it twice.",
    "He told me when it would come, and it did.",
    "",
    "Friendly, thank you.",
)
BAD = (
    "I was passed on twice and told my story three times.",
    "Nobody called back, although it was promised.",
    "The booking page still shows the wrong day.",
    "",
)


def ask_customers(lake: Lake, manager: User, zone: ZoneInfo, *, at: datetime) -> None:
    """Hand contacts of last week in, let chance draw, give out the links and answer some; once."""
    known = lake.snapshot().days("contact")
    if Survey.objects.exists() or known is None:
        return
    keys = handled_between(lake, known[1] - 6 * A_DAY, known[1], HANDED_IN)
    if not keys:
        return
    survey = draft_survey("After your contact", ASKED, by=manager, at=at - 3 * A_DAY)
    publish_survey(survey, by=manager, at=at - 3 * A_DAY)
    rule = Rule("The ferry desk", SHARE, wait_minutes=30, open_days=14)
    plan = make_plan("Half of those who reached us", survey, rule, by=manager, at=at - 3 * A_DAY)
    # Without addresses: the centre's own system would bring the links, and nobody is written to.
    given = [Invitable(one.name, "", "en") for one in named_contacts(lake, keys)]
    # Noon of yesterday: nobody is asked at night.
    asked_at = datetime.combine((at - A_DAY).astimezone(zone).date(), NOON, zone)
    batch = receive_contacts(plan, given, source=SOURCE, origin=ORIGIN, by=manager, at=asked_at)
    decide_waiting(asked_at, batch)
    take_links(plan, by=manager, at=asked_at)
    _answer(at)


def _answer(at: datetime) -> None:
    luck = np.random.default_rng(SEED)
    for invitation in Invitation.objects.filter(fate=Fate.SENT).select_related("version").order_by("pk"):
        if luck.random() < ANSWERS:
            assert invitation.version is not None, "what was sent has the version that was asked"
            questions = list(invitation.version.questions.all())
            answer_survey(invitation, _said(questions, luck), at=at - timedelta(minutes=int(luck.integers(5, 600))))


def _said(questions: Sequence[Question], luck: np.random.Generator) -> Mapping[Question, int | str | None]:
    """One customer is content or is not, and answers all questions by that."""
    content = luck.random() < 0.72
    scores = {
        QuestionKind.CSAT: int(luck.choice((4, 4, 5, 5) if content else (1, 2, 3))),
        QuestionKind.CES: int(luck.choice((5, 6, 7) if content else (2, 3, 4))),
        QuestionKind.RESOLVED: int(content or luck.random() < 0.4),
    }
    words = str(luck.choice(GOOD if content else BAD))
    return {one: words if one.kind == QuestionKind.TEXT else scores[QuestionKind(one.kind)] for one in questions}
