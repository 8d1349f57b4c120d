"""On which centre is the whole path of quality walked? A week of recorded calls of two teams, with real sound, and nothing judged yet.

`python -m tests.browser.quality` fills FLOORWALKER_HOME and prints, as JSON, what the story needs to know of it.
`... quality mark` marks what was drawn and waits, as its evaluator would; `... quality appeal` lets agents appeal against what
they may, and a second evaluator decide: by the actions that the pages call.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from floorwalker.cli.opening import Home, open_home, publish_names
from floorwalker.facts.keys import fact_key
from tests.browser.centre import PASSWORD
from tests.installation import MAIN, Installation
from tests.media.sounds import MU_LAW, write_wav
from tests.shared_data import shared

if TYPE_CHECKING:
    from floorwalker.apps.evaluations.models import Evaluation
    from floorwalker.apps.people.models import User
    from floorwalker.insight.questionnaire import Form, Question

REAL = "data/audio_aws_pca/Auto0_GUID_000_AGENT_Agent017_DT_2025-02-19T06-01-22_Mono.wav"
AGENTS = {"Robin Vale": "Avocet", "Jay Marsh": "Kingfisher"}
# In the morning calls are recorded by the machine whose sound is real, in the afternoon by one that writes mu-law.
HOURS = {10: "real", 15: "mu-law"}
LONG_AGO = date(2020, 1, 1)
STORE = """
[recordings.calls]
folder = "{folder}"
pattern = '(?P<contact>call-.+)\\.wav'
"""
LANES = '\n[recordings.lanes]\nfolder = "{folder}"\npattern = \'(?P<contact>call-.+)\\.wav\'\nlanes = ["agent", "customer"]\n'
MAPPING = """
columns: {id: Id, entered: Start, outcome: Status, agent: Agent, queue: Queue, reason: Topic, wait: Wait, talk: Talk}
defaults: {channel: voice, direction: inbound}
timezone: UTC
"""
EARLIER = timedelta(days=60)


def monday_before(on: date) -> date:
    """The first day of the last whole week."""
    return on - timedelta(days=on.weekday() + 7)


def calls(on: date) -> Iterator[tuple[str, datetime, str, str]]:
    """Each call of the last whole week: id, begin, agent, and how it was recorded."""
    for day in range(7):
        for hour, how in HOURS.items():
            for place, agent in enumerate(AGENTS):
                at = datetime.combine(monday_before(on) + timedelta(days=day), time(hour, 5 * place), UTC)
                yield f"call-{day}-{hour}-{place}", at, agent, how


def load_calls(home: Home, on: date) -> None:
    """The week of calls, as a telephone system would hand it over."""
    rows = [
        f"{call},{at:%Y-%m-%d %H:%M:%S},answered,{agent},Billing,Bill,{7 + at.day},240"
        for call, at, agent, _how in calls(on)
    ]
    path = home.config.home.parent / "calls.csv"
    path.write_text("\n".join(["Id,Start,Status,Agent,Queue,Topic,Wait,Talk", *rows]) + "\n")
    Installation(home.config, home.lake).load("csv_files", path, mapping=MAPPING)


def record_calls(home: Home, on: date) -> None:
    """A file for each call, in the folder of the machine that recorded it; found and measured as by the worker."""
    from floorwalker.jobs.recordings import look_through, measure_waiting
    from tests.apps.recordings.rows import conversation

    folders = {how: home.config.home.parent / how for how in HOURS.values()}
    for folder in folders.values():
        folder.mkdir()
    said = STORE.format(folder=folders["real"]) + LANES.format(folder=folders["mu-law"])
    (home.config.home / "floorwalker.toml").write_text(said)
    sounds = {"real": shared(REAL).read_bytes(), "mu-law": write_wav(conversation(), codec=MU_LAW, bits=8)}
    for call, at, _agent, how in calls(on):
        path = folders[how] / f"{call}.wav"
        path.write_bytes(sounds[how])
        os.utime(path, (at.timestamp(),) * 2)
    look_through(home.config, home.lake)
    measure_all(measure_waiting)


def measure_all(measure: Any) -> None:
    """Measure until nothing waits."""
    import threading

    while measure(threading.Event()):
        pass


def add_people(now: datetime) -> dict[str, int]:
    """Teams, their agents with log-ins, a manager with an aim, and two who evaluate."""
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.models import Agent, Team
    from floorwalker.apps.standards.aiming import Words, set_aim

    given: dict[str, Any] = {"by": "tests", "at": now, "password": PASSWORD}
    boss = actions.add_user("boss", "operations_manager", **given)
    for name in ("analyst", "second"):
        actions.add_user(name, "quality_analyst", **given)
    for name, team in AGENTS.items():
        made, agent = Team.objects.create(name=team, key=fact_key("", "", "team", team)), Agent.objects.get(name=name)
        actions.join_team(agent, made, on=LONG_AGO, by=boss, at=now)
        actions.add_user(name.split()[0].lower(), "agent", agent=agent, **given)
    period = now.date() - timedelta(days=1), now.date() + timedelta(days=400)
    set_aim(Words("Customers need to call once", boss, *period, "first_contact_resolution"), by=boss, at=now)
    agent = Agent.objects.get(name=next(iter(AGENTS)))
    return {"agent": agent.pk, "team": Team.objects.get(name=AGENTS[agent.name]).pk}


# --- what the others do meanwhile, by the actions that pages call ------------------------------------------------------------


def met(question: Question) -> str:
    """The answer that earns all of a question's points."""
    from floorwalker.insight.questionnaire import QuestionKind

    if question.kind is QuestionKind.NUMBER:
        return str(question.least if question.least is not None else question.most)
    return max(question.choices, key=lambda one: one.share).code if question.choices else ""


def given_on(form: Form, missed: int | None) -> dict[str, Any]:
    """What a page would send: everything met but one question, by its place among those answered with yes or no."""
    from floorwalker.apps.evaluations.answering import read_given
    from floorwalker.apps.standards.models import RootCause
    from floorwalker.insight.questionnaire import QuestionKind

    sent = {f"a-{one.code}": met(one) for one in form.questions}
    if missed is not None:
        plain = [one for one in form.questions if one.kind is QuestionKind.YES_NO and not one.fatal]
        code = plain[missed % len(plain)].code
        cause = RootCause.objects.get(kind="agent")
        sent |= {f"a-{code}": "no", f"c-{code}": "Not heard.", f"r-{code}": str(cause.pk)}
    return read_given(form, sent)


def hand_in(evaluation: Evaluation, missed: int | None, by: User) -> None:
    """Submit the marking that is open."""
    from floorwalker.apps.evaluations.handing_in import submit_marking

    marking = evaluation.open_marking
    assert marking is not None
    submit_marking(marking, given_on(evaluation.version.asks, missed), by=by, at=datetime.now(UTC))


def mark_what_waits() -> dict[str, int]:
    """Everything that was drawn and waits is marked by its evaluator, and released."""
    from floorwalker.apps.evaluations.drawing import begin_drawn
    from floorwalker.apps.evaluations.evaluating import release_evaluation
    from floorwalker.apps.evaluations.models import Drawn
    from floorwalker.apps.people.models import User

    count, analyst = 0, User.objects.get(username="analyst")
    for drawn in list(Drawn.objects.waiting_for(analyst)):
        made = begin_drawn(drawn, by=analyst, at=datetime.now(UTC))
        hand_in(made, count, analyst)
        release_evaluation(made, by=analyst, at=datetime.now(UTC))
        count += 1
    return {"marked": count}


def appeal_and_decide() -> dict[str, int]:
    """The agent appeals against all that she may still; of those every other is overturned."""
    from floorwalker.apps.evaluations.answering_back import show_marks
    from floorwalker.apps.evaluations.appealing import decide_appeal, raise_appeal, take_appeal
    from floorwalker.apps.evaluations.models import Appeal, Evaluation
    from floorwalker.apps.people.models import User

    agent, second = (User.objects.get(username=name) for name in ("robin", "second"))
    waiting = Evaluation.objects.filter(agent=agent.agent, appeal=None, stands__defects__gt=0).exclude(released_at=None)
    overturned = 0
    for number, one in enumerate(list(waiting.order_by("pk"))):
        at = datetime.now(UTC)
        if one.seen_at is None:
            show_marks(one, by=agent, at=at)
        raise_appeal(one, "It was said, near the end.", (), by=agent, at=at)
        appeal = Appeal.objects.get(evaluation=one)
        take_appeal(appeal, by=second, at=at)
        fair = number % 2 == 0
        hand_in(Evaluation.objects.get(pk=one.pk), None if fair else 0, second)
        outcome = Appeal.Outcome.OVERTURNED if fair else Appeal.Outcome.UPHELD
        decide_appeal(Appeal.objects.get(pk=appeal.pk), outcome, "Heard again from the begin.", by=second, at=at)
        overturned += fair
    return {"appealed": Appeal.objects.count(), "overturned": overturned}


def build() -> dict[str, int]:
    """Fill the home; the ids that addresses are made of."""
    home, now = open_home(), datetime.now(UTC)
    from floorwalker.apps.people.actions import found_site

    found_site(MAIN.code, MAIN.timezone, MAIN.country or "", by="tests", at=now - EARLIER)
    load_calls(home, now.date())
    publish_names(home)
    known = add_people(now - EARLIER)
    publish_names(home)
    record_calls(home, now.date())
    return known


def main(asked: str = "") -> None:
    """Do what is asked, and say what came of it."""
    if asked:
        open_home()
    print(json.dumps({"": build, "mark": mark_what_waits, "appeal": appeal_and_decide}[asked]()))


if __name__ == "__main__":
    main(*sys.argv[1:])
