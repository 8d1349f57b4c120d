"""Which centre do the browser tests look at? A small one with two teams, built once, in a process of its own.

`python -m tests.browser.centre` fills FLOORWALKER_HOME and prints, as JSON, what the tests need to know of it.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from floorwalker.cli.opening import Home, open_home, publish_names
from floorwalker.facts.keys import fact_key
from tests.installation import MAIN, Installation
from tests.media.sounds import write_wav
from tests.sources.asterisk_queue_log.lines import write_log

if TYPE_CHECKING:
    from floorwalker.apps.coaching.models import Matter
    from floorwalker.apps.huddles.models import TeamGoal
    from floorwalker.apps.people.models import Agent, Team, User
    from floorwalker.apps.standards.models import Process

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_BEFORE = datetime(2026, 1, 5, 9, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
PASSWORD = "a quiet heron at dusk"
TEAMS = ("Avocet", "Kingfisher")
# Those whose work is not a team's or the centre's own (test_roles.py).
ELSEWHERE = {
    "analyst": "quality_analyst",
    "owner": "process_owner",
    "assessor": "assessor",
    "verifier": "internal_verifier",
    "privacy": "privacy_officer",
}
TARGETS = {"transfer_rate": 0.45, "service_level": 0.8}


DAMAGED = ["1700000005|cut off when the disk was full", "yesterday|1699999999.1|sales|NONE|ENTERQUEUE||01632960123|1"]
UNKNOWN = "Id,Start,Status\n1,2023-11-30 09:00,Taken\n2,2023-11-30 09:01,Lost\n3,2023-11-30 09:07,Lost\n"
MAPPING = "columns:\n  id: Id\n  entered: Start\n  outcome: {column: Status, values: {Taken: answered}}\n"


def load_calls(home: Home) -> str:
    """Two weeks of calls of an invented centre, with some lines that nobody can use; the id of the load."""
    installation = Installation(home.config, home.lake)
    folder = home.config.home.parent / "files"
    folder.mkdir()
    log, calls = folder / "queue_log", folder / "calls.csv"
    lines = [*write_log(2400, seed=5, seconds_between=600), *DAMAGED]
    log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    receipt = installation.load("asterisk_queue_log", log)
    calls.write_text(UNKNOWN, encoding="utf-8")
    installation.load("csv_files", calls, mapping=MAPPING + "defaults: {channel: voice}\n")
    return receipt.load_id


def raise_notices() -> None:
    """Something that the manager ought to know."""
    from floorwalker.apps.notices.actions import raise_notice
    from floorwalker.apps.notices.models import Severity
    from floorwalker.apps.people.models import Right

    named = {"title": "Asterisk queue log", "origin": "Main"}
    silent = {**named, "last_at": "2026-11-19T08:00:00+00:00", "usual_seconds": 3600}
    counted = {**named, "read": 1200, "rejected": 96}
    for code, severity, params in (
        ("source_stopped", Severity.ACT, silent),
        ("rows_rejected", Severity.WARN, counted),
    ):
        raise_notice(code, "Main", to=Right.SEE_LOADS, severity=severity, params=params, address="/data/", at=NOW)


def add_hook() -> int:
    """A webhook with something that was sent and not heard."""
    from floorwalker.apps.notices import hooking
    from floorwalker.apps.people.models import User

    admin = User.objects.get(username="admin")
    hook = hooking.add_hook("Staff system", "https://hooks.example/floor", ["set_target"], by=admin, at=NOW)
    trial = hooking.order_trial(hook, by=admin, at=NOW)
    hooking.note_not_heard(trial, 503, "answered 503", at=NOW)
    return hook.pk


def schedule_a_view(team: int) -> dict[str, int | str]:
    """A view of the leader's that is sent by mail: its number, and the link that ends it."""
    from django.urls import reverse

    from floorwalker.apps.dashboards.mailing import (
        address_token,
        schedule_view,
        set_address,
        stop_token,
        verify_address,
    )
    from floorwalker.apps.dashboards.models import SavedView
    from floorwalker.apps.people.models import Site, User

    leader, now = User.objects.get(username="leader"), datetime.now(UTC)
    verify_address(address_token(set_address("leader@example.org", by=leader, at=now)), by=leader, at=now)
    view = SavedView.objects.create(
        user=leader, name="Our week", route="team_board", arguments={"team_id": team}, created_at=now
    )
    made = schedule_view(view, "weekly", hour=7, site=Site.objects.get(), with_sheet=True, by=leader, at=now)
    return {"view": view.pk, "stop": reverse("stop_mail", args=[stop_token(made)])}


def add_people() -> dict[str, int | str]:
    """Teams, memberships, targets and one user for each role; the ids that addresses are made of."""
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.models import Agent, Team, User
    from floorwalker.apps.people.taking_over import keep_draft
    from floorwalker.apps.standards.actions import set_target

    def add(name: str, role: str, **more: Team | Agent) -> None:
        actions.add_user(name, role, by="tests", at=NOW, password=PASSWORD, **more)  # type: ignore[arg-type]

    teams = [Team.objects.create(name=name, key=fact_key("", "", "team", name)) for name in TEAMS]
    boss = actions.add_user("boss", "operations_manager", by="tests", at=NOW, password=PASSWORD)
    agents = list(Agent.objects.order_by("name"))
    for number, agent in enumerate(agents):
        actions.join_team(agent, teams[number % len(teams)], on=LONG_AGO, by=boss, at=NOW)
    for measure, value in TARGETS.items():
        target = set_target(measure, value, from_day=LONG_AGO, reason="Agreed with the works council.", by=boss, at=NOW)
    set_target("transfer_rate", 0.3, team=teams[0], from_day=LONG_AGO, by=boss, at=NOW)
    set_target("average_handle_time", low=100, high=400, from_day=date(2023, 12, 1), by=boss, at=NOW)
    # By chance alone nobody is named where people are judged fairly; of what is held by its plain range some lie below.
    set_target("occupancy", low=0.0392, high=0.9, team=teams[0], from_day=LONG_AGO, by=boss, at=NOW)
    add("admin", "administrator")
    add("leader", "team_leader", team=teams[0])
    # Those who set up a second factor (test_coming_in.py), one each: it stays for the rest of the run.
    for name in ("keeper", "carrier"):
        add(name, "operations_manager")
    add("agent", "agent", agent=agents[0])
    for name, role in ELSEWHERE.items():
        add(name, role)
    draft = keep_draft("Name,Team\nRobin Vale,Avocet\n,Avocet\n", "staff.csv", by=boss, at=NOW)
    return {
        "team": teams[0].pk,
        "agent": agents[0].pk,
        "user": User.objects.get(username="owner").pk,
        "draft": draft.pk,
        "target": target.pk,
        **schedule_a_view(teams[0].pk),
        **add_evaluations(agents[0]),
    }


def write_standards() -> dict[str, int]:
    """A standard of the first team, published; its next version is talked about, with a proposal that waits."""
    from floorwalker.apps.coaching.appraising import make_pack
    from floorwalker.apps.coaching.models import SelfAssessment
    from floorwalker.apps.people.lake import lake
    from floorwalker.apps.people.models import Agent, Team, User
    from floorwalker.apps.standards import consulting, publishing
    from floorwalker.apps.standards.adjusting import adjust_target
    from floorwalker.apps.standards.aiming import Words, set_aim
    from floorwalker.apps.standards.drafting import At, Said, draft_next, draft_standard
    from floorwalker.apps.standards.owning import ProcessWords, add_process
    from tests.apps.coaching.kept import objective_of

    boss, agent = (User.objects.get(username=name) for name in ("boss", "agent"))
    team, earlier = Team.objects.get(name=TEAMS[0]), NOW - timedelta(days=20)
    period = date(2026, 1, 1), date(2036, 1, 1)
    aim = set_aim(Words("Customers need to call once", boss, *period, "first_contact_resolution"), by=boss, at=earlier)
    said = Said(
        title="Nobody is passed on without a word",
        wording="Before a transfer the customer hears why, and to whom.",
        why="Whoever has to tell a story twice calls again.",
        behaviour="The reason and the name are said before the transfer.",
        measure="transfer_rate",
        value=0.3,
        basis="Our promise to customers, part 2",
        from_day=NOW.date(),
        review_on=date(2027, 5, 20),
    )
    version = draft_standard(said, place=At(team=team), owner=boss, aim=aim, by=boss, at=earlier)
    ask = publishing.Asked("What does the customer hear first?", ("nothing", "why, and to whom"), 1)
    publishing.set_check(version, [ask], by=boss, at=earlier)
    consulting.open_consultation(version, until=date(2026, 11, 10), by=boss, at=earlier)
    given = {"version": version, "kind": "comment", "text": "How long may that take?"}
    asked = consulting.remark(**given, by=agent, at=earlier)  # type: ignore[arg-type]
    consulting.answer_remark(asked, "As long as it needs.", "taken", by=boss, at=NOW)
    publishing.publish_standard(version, despite="It is what we owe.", by=boss, at=NOW)
    following = draft_next(version.standard, by=boss, at=NOW)
    consulting.open_consultation(following, until=date(2036, 1, 1), by=boss, at=NOW)
    remark = consulting.remark(following, "proposal", "Say the name of the team, too.", by=agent, at=NOW)
    adjusted = adjust_target(
        Agent.objects.order_by("name")[1],
        "transfer_rate",
        0.6,
        from_day=date(2026, 1, 1),
        review_on=date(2027, 1, 1),
        reason="Agreed while a new headset is awaited.",
        by=boss,
        at=NOW,
    )
    process = add_process(
        ProcessWords("Delivery dates", boss, "What customers are told, and when."),
        from_day=NOW.date(),
        by=boss,
        at=NOW,
    )
    matter = pass_on_what_was_said(process)
    known = {"aim": aim, "remark": remark, "adjustment": adjusted, "process": process, "matter": matter}
    person = agent.agent
    assert person is not None
    known["objective"] = objective_of(person, User.objects.get(username="leader"), at=NOW, agreed=True)
    known["assessment"] = SelfAssessment.objects.create(
        agent=person, from_day=earlier.date(), to_day=NOW.date(), begun_at=earlier, finished_at=NOW
    )
    known["pack"] = make_pack(
        person, earlier.date() - timedelta(weeks=4), NOW.date(), lake().snapshot(), by=agent, at=NOW
    )
    return {"standard": version.standard_id, **{name: row.pk for name, row in known.items()}}


def improve(home: Home, process: int) -> dict[str, int]:
    """Three cycles: one to be planned, one whose first review is due, and one that was reviewed."""
    from types import SimpleNamespace
    from typing import cast

    from floorwalker.apps.improvement.drawing import draw_order
    from floorwalker.apps.improvement.reviewing import hold_review
    from floorwalker.apps.people.models import Agent, Team, User
    from floorwalker.apps.standards.models import Process
    from tests.apps.conftest import Floor
    from tests.apps.improvement.made import a_cycle, looked_at, planned, with_options

    boss, team = User.objects.get(username="boss"), Team.objects.get(name=TEAMS[0])
    floor = cast(Floor, SimpleNamespace(users={"boss": boss}, lake=home.lake))
    cycle = with_options(floor, a_cycle(floor, Process.objects.get(pk=process)))
    draw_order(cycle, list(Team.objects.all()), by=boss, at=NOW)
    due, held = planned(floor, team), planned(floor, Agent.objects.order_by("name")[0])
    for one in (due, held):
        looked_at(one)
    hold_review(held.reviews.get(week=4), "They say that it helps.", by=boss, at=NOW)
    return {"cycle": cycle.pk, "due_cycle": due.pk, "reviewed_cycle": held.pk}


def pass_on_what_was_said(process: Process) -> Matter:
    """Feedback of the leader's to the agent, who finds that it is the process's."""
    from floorwalker.apps.coaching.deciding import Decided, decide_matter
    from floorwalker.apps.coaching.giving import give_feedback
    from floorwalker.apps.coaching.models import Decision
    from floorwalker.apps.people.models import User
    from tests.apps.coaching.said import said

    agent, leader = (User.objects.get(username=name) for name in ("agent", "leader"))
    assert agent.agent is not None
    matter = give_feedback(agent.agent, said(), by=leader, at=NOW).matter
    decide_matter(matter, Decided(Decision.NOT_MINE, "No date is shown to us.", to=process), by=agent, at=NOW)
    return matter


def keep_a_conversation(agent: int) -> dict[str, int | str]:
    """A recorded contact of the agent's, drawn and with a mark of the leader's; and a file that nobody knows."""
    from floorwalker.apps.people.models import Agent, User
    from floorwalker.apps.recordings.actions import add_mark, keep_waveform
    from floorwalker.apps.recordings.models import Kind, Recording
    from floorwalker.media.sound import Sound
    from tests.apps.recordings.rows import WORDS, keep_file, keep_recording

    person = Agent.objects.get(pk=agent)
    recording = keep_recording(person, at=NOW, measured=True)
    keep_file(person, f"{agent}.vtt", Kind.TRANSCRIPT, WORDS.encode(), at=NOW)
    leader = User.objects.get(username="leader")
    note = "Says what happens next, and by when."
    mark = add_mark(recording, from_seconds=6, to_seconds=8, note=note, by=leader, at=NOW)
    Recording.objects.create(
        store="kept",
        name="holiday.wav",
        kind=Kind.SOUND,
        size_bytes=1,
        changed_ns=1,
        found_at=NOW,
        seen_in=recording.seen_in,
        why_not="pattern",
    )
    hour = keep_file(person, "hour.wav", Kind.SOUND, write_wav(np.zeros((1, 3600 * 8000)), bits=8), at=LONG_BEFORE)
    keep_waveform(hour, Sound("PCM 8 bit", 1, 8000, 3600.0, (bytes(1200),)), at=NOW)
    late = add_mark(hour, from_seconds=3000, to_seconds=None, note="Late", by=leader, at=NOW)
    other = Agent.objects.order_by("name")[2]
    screened = keep_recording(other, at=LONG_BEFORE, measured=True)
    # A screen that began later; its test paints it.
    keep_file(other, "screen.webm", Kind.SCREEN, b"to be painted", at=LONG_BEFORE, late=2)
    known = {"recording": recording, "mark": mark, "hour": hour, "late": late, "screened": screened}
    return {name: row.pk for name, row in known.items()}


def add_evaluations(agent: Agent) -> dict[str, int]:
    """A form whose next version is being built, and an agent's evaluations: one for each stage, others to be marked."""
    from floorwalker.apps.evaluations.building import begin_version
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.keyboard import set_keys
    from floorwalker.apps.people.models import User
    from tests.apps.evaluations.calibrated import marked_session, session_of
    from tests.apps.evaluations.drawn import draw_of, plan_of
    from tests.apps.evaluations.made import Made, begin, evaluations, long_form, published_form

    analyst = User.objects.get(username="analyst")
    keyless = actions.add_user("keyless", "quality_analyst", by="tests", at=NOW, password=PASSWORD)
    set_keys(keyless, {}, on=False, at=NOW)
    form = published_form(analyst)
    begin_version(form, by=analyst, at=NOW)
    people = Made((agent,), {"analyst": analyst, "keyless": keyless})
    known = {stage: one["evaluation_id"] for stage, one in evaluations(people, form).items()}
    for place, name in enumerate(("by_keys", "plain"), start=5):
        known[name] = begin(people, agent, form, place=place).pk
    known["keyless"] = begin(people, agent, form, by="keyless").pk
    for place, name in enumerate(("story", "troubled", "pressed"), start=8):
        known[name] = begin(people, agent, form, place=place).pk
    known["twenty"] = begin(people, agent, long_form(analyst), place=7).pk
    plan = plan_of(people, form, evaluators=[analyst, keyless])
    known |= {"plan_of_draws": plan.pk, "draw": draw_of(people, plan).pk}
    asked = {"first": 12, "contacts": 2}
    marked = marked_session(people, form, "analyst", "keyless", harsh="keyless", **asked)
    known["calibration"], known["evaluator"] = marked.pk, analyst.evaluators.get().pk
    waiting = session_of(people, form, "analyst", "keyless", name="Next month", first=14, contacts=1)
    story = session_of(people, form, "analyst", "keyless", name="By keys", first=15, contacts=1)
    return {"form": form.pk, "calibration_blind": waiting.pk, "calibration_story": story.pk, **known}


def add_talks(agent: int) -> dict[str, int]:
    """A talk of the leader with an agent that is planned, and one that was held and is signed by the coach."""
    from floorwalker.apps.coaching.proposing import propose_with_reason
    from floorwalker.apps.people.models import Agent, User
    from tests.apps.coaching.talks import planned, signed
    from tests.apps.evaluations.made import Made

    person, leader = Agent.objects.get(pk=agent), User.objects.get(username="leader")
    people = Made((person,), {"leader": leader, "agent": User.objects.get(username="agent")})
    propose_with_reason(person, "She asked how to end long calls", "", by=leader, at=datetime.now(UTC))
    return {"talk": signed(people).pk, "talk_planned": planned(people).pk}


def invite_somebody() -> str:
    """The one-time link of a user without password."""
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.accounts import invitation_path

    return invitation_path(actions.add_user("newcomer", "administrator", by="tests", at=NOW))


def ask_customers(home: Home) -> dict[str, int | str]:
    """A survey that was asked after some calls, answered by some customers, and still open for one; where each lies."""
    from unittest.mock import patch

    from floorwalker.apps.people.models import User
    from floorwalker.apps.surveys import deciding, instruments, inviting, planning, sending
    from floorwalker.apps.surveys.answering import answer_survey
    from floorwalker.apps.surveys.models import Invitation
    from floorwalker.jobs.records import publish_records
    from tests.apps.conftest import MAIL
    from tests.apps.surveys.conftest import AT, ITEMS, handled_calls, token_of

    boss, now, letters = User.objects.get(username="boss"), datetime.now(UTC), []
    survey = instruments.draft_survey("After a call", ITEMS, by=boss, at=NOW)
    instruments.publish_survey(survey, by=boss, at=NOW)
    instruments.revise_survey(survey, ITEMS[:1], by=boss, at=NOW)
    plan = planning.make_plan("Every call", survey, planning.Rule("Riverside Water", 0.5), by=boss, at=NOW)
    given = [inviting.Invitable(call, f"customer-{call}@example.org") for call in handled_calls()[-60:]]
    batch = inviting.receive_contacts(plan, given, source="asterisk_queue_log", origin="Main", by=boss, at=AT)
    deciding.decide_waiting(AT, batch)
    with patch.object(sending, "post", lambda letter, _mail: letters.append(letter)):
        sending.send_due(MAIL, lambda: AT)
    sent = list(Invitation.objects.sent().order_by("send_after", "pk"))
    Invitation.objects.sent().update(closes_at=now + timedelta(days=30))
    for number, one in enumerate(Invitation.objects.filter(pk__in=[one.pk for one in sent[1:13]])):
        questions = {question.item: question for question in one.version.questions.all()} if one.version else {}
        told = {"csat_contact": 1 + number % 5, "nps_recommend": 10 - number % 4, "ces_ease": 3 + number % 5}
        words = {"text_open": "Nobody rang back as promised, but the person was kind."} if number % 3 == 0 else {}
        answer_survey(one, {questions[item]: value for item, value in (told | words).items()}, at=now)
    publish_records(home.config, home.lake, at=now)
    return {"survey": survey.pk, "plan": plan.pk, "token": token_of(letters[0])}


def hold_huddles(team: int) -> dict[str, int]:
    """A huddle of the first team with a brief, a question and an action of its leader's."""
    from floorwalker.apps.huddles import agreeing, holding
    from floorwalker.apps.huddles.models import ItemKind, MeetingKind
    from floorwalker.apps.people.models import Team, User

    leader, agent = (User.objects.get(username=name) for name in ("leader", "agent"))
    given = {"by": leader, "at": NOW}
    of = Team.objects.get(pk=team)
    meeting = holding.plan_meeting(of, MeetingKind.HUDDLE, planned_for=NOW, minutes=10, **given)  # type: ignore[arg-type]
    for words in ("The new headsets are here.", "Say the reason before you pass somebody on."):
        holding.add_item(meeting, ItemKind.OTHER, words, by=leader, at=NOW)
    question = agreeing.ask(meeting, "Who shows us how they work?", by=agent, at=NOW)
    due = NOW.date() + timedelta(days=7)
    point = agreeing.agree_action(meeting, "Ask for a short guide", owner=leader, due_on=due, by=leader, at=NOW)
    known = {"huddle": meeting, "huddle_question": question, "huddle_action": point, "team_goal": set_goals(of, leader)}
    return {name: row.pk for name, row in known.items()} | share_things(of, leader, agent)


def set_goals(team: Team, leader: User) -> TeamGoal:
    """What the team wants to reach in eight weeks, from a half year of which seven in ten customers were content."""
    from floorwalker.apps.huddles.setting_goals import WantedGoal, set_goal_from
    from floorwalker.apps.standards.seeing import branch_of
    from tests.apps.huddles.made import team_start

    wanted = WantedGoal("csat_top_box", 0.75, 8, "They wait long enough: we want them to be glad that they rang.")
    last = NOW.date() - timedelta(days=NOW.isoweekday())
    start = team_start(last, wanted.days(NOW.date())[1])
    return set_goal_from(team, wanted, start, "1", branch=branch_of(team), by=leader, at=NOW)


def share_things(team: Team, leader: User, agent: User) -> dict[str, int]:
    """A note, thanks, an open pulse, and something that works."""
    from floorwalker.apps.huddles import handing_over, practising, pulsing, thanking
    from floorwalker.apps.huddles.models import PracticeKind

    now = datetime.now(UTC)
    until = now + timedelta(days=6)
    handing_over.hand_over(team, "Line two crackles; use line three.", until=until, by=leader, at=now)
    thanking.thank(thanking.Receiver(team=team), "A calm week, and nobody was left alone.", by=leader, at=now)
    thanking.thank(thanking.Receiver(agent=agent.agent), "You took the late call.", by=leader, at=now)
    words = [str(one) for one in pulsing.USUAL]
    # Open on the day on which the pictures stand still, and today.
    closes_on = max(until, NOW + timedelta(days=6)).date()
    pulse = pulsing.open_pulse(team, words, closes_on=closes_on, by=leader, at=min(now, NOW))
    given = practising.Proposed(
        PracticeKind.TIP, "Say what happens next", "And by when.", whose=agent.agent, named=True, tags=("billing",)
    )
    practice = practising.propose_practice(given, by=agent, at=NOW)
    practising.check_practice(practice, by=leader, at=NOW)
    return {"pulse": pulse.pk, "practice": practice.pk}


def main() -> None:
    """Fill the home and say what is in it."""
    home = open_home()
    from floorwalker.apps.people.actions import found_site

    found_site(MAIN.code, MAIN.timezone, MAIN.country or "", by="tests", at=NOW)
    load = load_calls(home)
    publish_names(home)
    known: dict[str, int | str] = {**add_people(), "invitation": invite_somebody(), "load": load}
    known["hook"] = add_hook()
    known |= write_standards()
    known |= improve(home, int(known["process"]))
    known |= add_talks(int(known["agent"]))
    known |= keep_a_conversation(int(known["agent"]))
    known |= hold_huddles(int(known["team"]))
    known |= ask_customers(home)
    raise_notices()
    publish_names(home)
    print(json.dumps(known))


if __name__ == "__main__":
    main()
